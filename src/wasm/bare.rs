//! What a build without the standard library must bring itself.

/// For servers: what the standard library would bring, the quicker one.
#[cfg(feature = "core")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// For shoppers: the smaller one.
#[cfg(not(feature = "core"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A broken rule of the core's own traps. Its message would have no reader: the core prints nothing, and the host tells which
/// call it was (`core_panicked`).
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
