//! What must not succeed, asked over plain HTTP: no browser puts it right on the way.

mod forms;
mod guesses;
mod headers;
mod hostile;
mod sessions;
