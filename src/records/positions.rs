//! Where in a list what has a certain id is: so that many ids are looked for without a pass over the list for each.

/// The places of a list's entries, by their ids.
#[derive(Debug)]
pub struct Positions<'i>(Vec<(&'i str, usize)>);

impl<'i> Positions<'i> {
    /// Of a list of which these are the ids; an entry without one is not looked for.
    #[must_use]
    pub fn of(ids: impl Iterator<Item = Option<&'i str>>) -> Self {
        let mut places: Vec<(&str, usize)> = ids.enumerate().filter_map(|(at, id)| Some((id?, at))).collect();
        places.sort_unstable();
        Self(places)
    }

    /// The places with this id, in order.
    pub fn under<'p>(&'p self, id: &'p str) -> impl Iterator<Item = usize> + use<'p, 'i> {
        let first = self.0.partition_point(|(of, _)| *of < id);
        let from = self.0.get(first..).unwrap_or_default();
        from.iter().take_while(move |(of, _)| *of == id).map(|(_, at)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::Positions;

    #[test]
    fn the_places_of_each_id_are_found_in_order() {
        let places = Positions::of(["b", "a", "", "b", "ba"].map(|id| (!id.is_empty()).then_some(id)).into_iter());
        let under = |id| places.under(id).collect::<Vec<_>>();
        assert_eq!(
            [under("a"), under("b"), under("ba"), under(""), under("z")],
            [vec![1], vec![0, 3], vec![4], vec![], vec![]]
        );
    }
}
