//! Where in a list what has a certain id is: so that many ids are looked for without a pass over the list for each.

use alloc::collections::BinaryHeap;

use crate::prelude::*;

/// The places of a list's entries, by their ids.
#[derive(Debug)]
pub struct Positions<'i>(Vec<(&'i str, usize)>);

impl<'i> Positions<'i> {
    /// Of a list: `id` names its entries; one without an id is not looked for.
    #[must_use]
    pub fn of<T>(list: &'i [T], id: impl Fn(&'i T) -> Option<&'i str>) -> Self {
        Self::at(list.iter().map(id).collect())
    }

    #[inline(never)] // said once, for the wasm's size; so below
    fn at(ids: Vec<Option<&'i str>>) -> Self {
        let places = ids.into_iter().enumerate().filter_map(|(at, id)| Some((id?, at)));
        // A sort of slices is several times the code.
        Self(places.collect::<BinaryHeap<_>>().into_sorted_vec())
    }

    /// The places with this id, in order.
    pub fn under(&self, id: &str) -> impl Iterator<Item = usize> + use<'_, 'i> {
        self.range(id).iter().map(|(_, at)| *at)
    }

    #[inline(never)]
    fn range(&self, id: &str) -> &[(&'i str, usize)] {
        let first = self.0.partition_point(|(of, _)| *of < id);
        let from = self.0.get(first..).unwrap_or_default();
        let count = from.iter().take_while(|(of, _)| *of == id).count();
        from.get(..count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Positions;

    #[test]
    fn the_places_of_each_id_are_found_in_order() {
        let places = Positions::of(&["b", "a", "", "b", "ba"], |id| Some(*id).filter(|id| !id.is_empty()));
        let under = |id| places.under(id).collect::<Vec<_>>();
        assert_eq!(
            [under("a"), under("b"), under("ba"), under(""), under("z")],
            [vec![1], vec![0, 3], vec![4], vec![], vec![]]
        );
    }
}
