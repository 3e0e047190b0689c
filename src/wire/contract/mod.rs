pub mod forms;
pub mod shapes;
