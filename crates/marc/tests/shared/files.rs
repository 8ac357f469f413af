//! Where the files are.

use std::{
    fs::File,
    io::{Read, Write},
    path::PathBuf,
};

use flate2::read::GzDecoder;

/// A file's bytes, or a line that says what is left out.
pub(crate) fn read(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(name);
    let Ok(mut file) = File::open(&path) else {
        // Not `eprintln!`, which a passing test keeps to itself.
        let line =
            format!("left out: what {name} shows about MARC: no such file beside the repository\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        return None;
    };
    let mut bytes = Vec::new();
    if name.ends_with(".gz") {
        GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    } else {
        file.read_to_end(&mut bytes).unwrap();
    }
    Some(bytes)
}
