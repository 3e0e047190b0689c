//! State machines as data: the code and the published diagrams (`docs/states.md`) come from the same table.

use crate::prelude::*;

/// One status field: its name and its legal moves. What is not listed is illegal.
#[derive(Debug)]
pub struct StateTable<S: 'static, E: 'static> {
    /// What has this status.
    pub name: &'static str,
    /// (from, event, to)
    pub moves: &'static [(S, E, S)],
}

/// A move that the table does not have. Whoever asked for it is wrong; the message lists what would be legal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IllegalMove {
    /// The table's name.
    pub machine: &'static str,
    /// The state it is in.
    pub state: &'static str,
    /// The event that has no place there.
    pub event: &'static str,
    /// The events that have.
    pub legal: Vec<&'static str>,
}

/// What a table needs of its states and events.
pub trait Named: Copy + Eq {
    /// The name in tables and diagrams.
    fn name(self) -> &'static str;
}

impl<S: Named, E: Named> StateTable<S, E> {
    /// The state after `event`.
    ///
    /// # Errors
    /// [`IllegalMove`] when the table does not list the move.
    pub fn next(&self, state: S, event: E) -> Result<S, IllegalMove> {
        self.moves.iter().find(|(from, on, _)| *from == state && *on == event).map(|(_, _, to)| *to).ok_or_else(|| {
            IllegalMove {
                machine: self.name,
                state: state.name(),
                event: event.name(),
                legal: self.moves.iter().filter(|(from, _, _)| *from == state).map(|(_, on, _)| on.name()).collect(),
            }
        })
    }

    /// The diagram, in Mermaid's language.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut text = String::from("stateDiagram-v2\n");
        for (from, event, to) in self.moves {
            text.push_str(&["    ", from.name(), " --> ", to.name(), ": ", event.name(), "\n"].concat());
        }
        text
    }
}
