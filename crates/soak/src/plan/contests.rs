//! Several terminals at once, on purpose. How a contest ends is open; what it leaves open, the same move then settles.

use super::draft::Draft;
use crate::{ask::Ask, library::Place, world::MOST_GAMES};

impl Draft<'_> {
    pub(super) fn contest(&mut self) -> Option<()> {
        match self.planner.lot.below(5) {
            0 => self.one_item(),
            1 => self.one_household(),
            2 => self.one_queue(),
            3 => self.one_hold(),
            _ => self.renewal_and_hold(),
        }
    }

    /// Terminals that lend, none of them twice.
    fn terminals(&mut self, count: usize) -> Option<Vec<usize>> {
        let mut drawn = Vec::new();
        for _ in 0..count * 4 {
            let branch = self.planner.any_branch();
            let terminal = self.planner.lending_terminal(branch);
            if !drawn.contains(&terminal) {
                drawn.push(terminal);
            }
        }
        drawn.truncate(count);
        (drawn.len() == count).then_some(drawn)
    }

    /// Two readers, one book on the shelf.
    fn one_item(&mut self) -> Option<()> {
        let world = self.planner.world.clone();
        let item = self.planner.item(|library, item| {
            let title = world.items[item].title;
            matches!(library.places[item], Place::Shelf(_))
                && !world.titles[title].game
                && library.active(title).next().is_none()
        })?;
        let (one, other) = (self.planner.borrower(item)?, self.planner.borrower(item)?);
        let terminals = self.terminals(2)?;
        if world.readers[one].household == world.readers[other].household {
            return None;
        }
        let asks = [(terminals[0], one), (terminals[1], other)];
        self.at_once(
            &asks.map(|(terminal, reader)| (terminal, Ask::Lend { reader, item })),
            Some(1),
        );
        let terminal = self.planner.any_terminal();
        self.one(terminal, Ask::TakeBack { item });
        Some(())
    }

    /// A household at its limit of games, and one game more than it may have.
    fn one_household(&mut self) -> Option<()> {
        let world = self.planner.world.clone();
        let reader = self.planner.any_reader();
        let household = world.readers[reader].household;
        let free = MOST_GAMES - self.planner.library.lent_to(household, true);
        let members: Vec<usize> = world.household(household).collect();
        let mut games: Vec<usize> = Vec::new();
        for _ in 0..20 {
            let game = self.planner.item(|library, item| {
                let title = world.items[item].title;
                matches!(library.places[item], Place::Shelf(_))
                    && world.titles[title].game
                    && library.active(title).next().is_none()
            })?;
            // Of one title each, so that nobody borrows the same twice.
            let title = |item: usize| world.items[item].title;
            if games.len() <= free && games.iter().all(|other| title(*other) != title(game)) {
                games.push(game);
            }
        }
        if games.len() != free + 1 || free == 0 {
            return None;
        }
        let terminals = self.terminals(games.len())?;
        let asks: Vec<(usize, Ask)> = games
            .iter()
            .zip(terminals)
            .enumerate()
            .map(|(turn, (item, terminal))| {
                let reader = members[turn % members.len()];
                (
                    terminal,
                    Ask::Lend {
                        reader,
                        item: *item,
                    },
                )
            })
            .collect();
        self.at_once(&asks, Some(free));
        for item in games {
            let terminal = self.planner.any_terminal();
            self.one(terminal, Ask::TakeBack { item });
        }
        Some(())
    }

    /// Two readers who want to wait for the same title: one is before the other.
    fn one_queue(&mut self) -> Option<()> {
        let title = self.wanted()?;
        let (one, other) = (self.planner.stranger(title)?, self.planner.stranger(title)?);
        let terminals = self.terminals(2)?;
        let world = self.planner.world.clone();
        if world.readers[one].household == world.readers[other].household {
            return None;
        }
        let asks = [(terminals[0], one), (terminals[1], other)].map(|(terminal, reader)| {
            let pickup = self.planner.any_branch();
            let ask = Ask::Place {
                reader,
                title,
                pickup,
            };
            (terminal, ask)
        });
        self.at_once(&asks, Some(2));
        for reader in [one, other] {
            let terminal = self.planner.any_terminal();
            self.one(terminal, Ask::GiveUp { reader, title });
        }
        Some(())
    }

    /// Two copies come back at the same moment, and one reader waits: one of them is set aside.
    fn one_hold(&mut self) -> Option<()> {
        let world = self.planner.world.clone();
        let item = self.planner.item(|library, item| {
            let title = world.items[item].title;
            let movable =
                |item: usize| matches!(library.places[item], Place::Shelf(_) | Place::Loan(_));
            let copies = &world.titles[title].items;
            copies.len() > 1
                && copies.iter().all(|copy| movable(*copy))
                && library.active(title).next().is_none()
        })?;
        let title = world.items[item].title;
        let other = world.titles[title].items.iter().find(|copy| **copy != item);
        let other = *other?;
        let pickup = world.items[item].owner;
        let reader = self.planner.stranger(title)?;
        let here = (0..world.terminals.len()).filter(|terminal| world.stands(*terminal) == pickup);
        let here: Vec<usize> = here.take(2).collect();
        let [first, second] = here.try_into().ok()?;
        self.one(
            first,
            Ask::Place {
                reader,
                title,
                pickup,
            },
        );
        let back = |item| Ask::TakeBack { item };
        self.at_once(&[(first, back(item)), (second, back(other))], Some(2));
        self.one(first, Ask::GiveUp { reader, title });
        for item in [item, other] {
            self.one(first, back(item));
        }
        Some(())
    }

    /// One renews what another begins to wait for: whoever is first.
    fn renewal_and_hold(&mut self) -> Option<()> {
        let world = self.planner.world.clone();
        let item = self.planner.item(|library, item| {
            let title = world.items[item].title;
            library.loan(item).is_some_and(|loan| loan.renewals == 0)
                && !world.titles[title].game
                && library.active(title).next().is_none()
        })?;
        let title = world.items[item].title;
        let borrower = self.planner.library.loan(item)?.reader;
        let reader = self.planner.stranger(title)?;
        let terminals = self.terminals(2)?;
        if world.readers[borrower].household == world.readers[reader].household {
            return None;
        }
        let pickup = self.planner.any_branch();
        let renew = Ask::Renew {
            reader: borrower,
            item,
        };
        let place = Ask::Place {
            reader,
            title,
            pickup,
        };
        self.at_once(&[(terminals[0], renew), (terminals[1], place)], None);
        self.one(terminals[1], Ask::GiveUp { reader, title });
        self.one(terminals[0], Ask::TakeBack { item });
        Some(())
    }
}
