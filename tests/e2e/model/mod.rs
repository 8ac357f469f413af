//! The desk beside a model of it: the same commands, drawn by lot, played on a small network by both, must come to the
//! same and leave everything in the same place.
//!
//! `RELIRE_MODEL_COMMANDS` says how many commands are played, `RELIRE_MODEL_SEED` where the lot begins. A sequence that
//! goes apart is made as short as it goes before it is told.

mod command;
mod library;
mod served;
mod undo;

use self::{
    command::{Command, Lot, sequence},
    library::Library,
    served::Served,
};

/// Long enough for queues, overdue loans and hold shelves to come and go.
const LENGTH: usize = 80;
const COMMANDS: usize = 2000;
const SEED: u64 = 1;

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_does_what_the_model_does() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u64>().unwrap())
    };
    let commands = number("RELIRE_MODEL_COMMANDS").map_or(COMMANDS, |wanted| wanted as usize);
    let mut lot = Lot::new(number("RELIRE_MODEL_SEED").unwrap_or(SEED));
    let served = Served::new().await;
    let mut played = Played::default();
    while played.commands < commands {
        let sequence = sequence(&mut lot, LENGTH);
        if let Err(why) = play(&served, &sequence, &mut played).await {
            let (shortest, why) = shorten(&served, sequence, why).await;
            panic!("{why}\nafter {shortest:#?}");
        }
    }
    eprintln!("{played:?}");
    // What is always refused, or never, has not been tried.
    assert!(
        played.done > commands / 4 && played.refused > commands / 10,
        "{played:?}"
    );
}

#[derive(Debug, Default)]
struct Played {
    commands: usize,
    done: usize,
    refused: usize,
    captured: usize,
    undone: usize,
    ended_by_the_clock: usize,
}

/// Plays a sequence on both sides, up to where they go apart.
async fn play(served: &Served, commands: &[Command], played: &mut Played) -> Result<(), String> {
    let mut model = Library::new();
    let mut table = served.table().await;
    for (number, command) in commands.iter().enumerate() {
        let expected = model.play(*command);
        let got = table.play(*command).await;
        let here = || format!("command {number}, {command:?}:");
        if got.as_ref() != Ok(&expected) {
            return Err(format!(
                "{} the model says {expected:?}, the desk {got:?}",
                here()
            ));
        }
        played.count(*command, expected);
        let compared = table.compare(&model).await;
        compared.map_err(|differing| format!("{} {expected:?}\n{differing}", here()))?;
    }
    Ok(())
}

impl Played {
    fn count(&mut self, command: Command, outcome: library::Outcome) {
        use library::Outcome::{Done, Placed, Refused, Returned, Turned};
        self.commands += 1;
        match outcome {
            Refused => self.refused += 1,
            Done | Placed(_) | Returned(_) | Turned(..) => self.done += 1,
        }
        match (command, outcome) {
            (_, Returned(Some(_))) => self.captured += 1,
            (Command::UndoLoan { .. } | Command::UndoReturn { .. }, Done) => self.undone += 1,
            (_, Turned(lapsed, not_collected)) => self.ended_by_the_clock += lapsed + not_collected,
            _ => {}
        }
    }
}

/// Leaves out whatever the two go apart without: halves first, then single commands, until nothing more can go.
async fn shorten(
    served: &Served,
    mut commands: Vec<Command>,
    mut why: String,
) -> (Vec<Command>, String) {
    let mut size = commands.len() / 2;
    while size > 0 {
        let (mut from, mut shorter) = (0, false);
        while from < commands.len() {
            let mut fewer = commands.clone();
            fewer.drain(from..(from + size).min(commands.len()));
            match play(served, &fewer, &mut Played::default()).await {
                Err(still) => {
                    (commands, why) = (fewer, still);
                    shorter = true;
                }
                Ok(()) => from += size,
            }
        }
        if !(shorter && size == 1) {
            size /= 2;
        }
    }
    (commands, why)
}
