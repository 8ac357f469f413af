//! A terminal lost its line, went on alone, and now sends what it did: with no-block Y, each with its own date,
//! sometimes twice.

use super::draft::Draft;
use crate::ask::Ask;

/// So many transactions at most.
const LONGEST_BATCH: usize = 6;

impl Draft<'_> {
    pub(super) fn batch(&mut self) -> Option<()> {
        let terminal = self.planner.any_terminal();
        for _ in 0..1 + self.planner.lot.below(LONGEST_BATCH) {
            let Some(ask) = self.transaction() else {
                continue;
            };
            self.one(terminal, ask);
        }
        if self.planner.lot.percent(40) {
            self.again();
        }
        Some(())
    }

    fn transaction(&mut self) -> Option<Ask> {
        let world = self.planner.world.clone();
        let planner = &mut *self.planner;
        let reader = planner.any_reader();
        if planner.lot.percent(8) {
            let lend = planner.lot.percent(50);
            return Some(Ask::LateUnknown { reader, lend });
        }
        // Where nobody waits: who would have been served in the meantime is no plain question.
        let quiet = |library: &crate::library::Library, item: usize| {
            library.active(world.items[item].title).next().is_none()
        };
        if planner.lot.percent(50) {
            let item = planner.item(|library, item| {
                quiet(library, item) && library.loan(item).is_none_or(|loan| loan.reader != reader)
            })?;
            Some(Ask::LateLend { reader, item })
        } else {
            let item = planner
                .item(|library, item| quiet(library, item) && library.loan(item).is_some())?;
            Some(Ask::LateTakeBack { item })
        }
    }
}
