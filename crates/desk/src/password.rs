//! Passwords and PINs: argon2id, made and checked away from the threads that serve.

use std::{
    collections::HashSet,
    sync::{LazyLock, Mutex, MutexGuard, OnceLock, PoisonError},
};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        PasswordHasher,
        phc::{Output, PasswordHash},
    },
};
use sha2::{Digest, Sha256};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::DeskError;

/// One check takes some 20 ms of a core: as many at once as there are cores, so that a burst of log-ins
/// slows log-ins and not loans.
static CORES: Semaphore = Semaphore::const_new(2);

/// Hashes a password or PIN (argon2id, PHC string, fresh salt).
pub fn hash_password(secret: &str) -> Result<String, DeskError> {
    hash_with(&Argon2::default(), secret)
}

fn hash_with(argon2: &Argon2<'_>, secret: &str) -> Result<String, DeskError> {
    argon2
        .hash_password(secret.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| DeskError::Internal(format!("a password could not be hashed: {error}")))
}

/// Hashes many, on every core.
pub fn hash_passwords(secrets: &[String]) -> Result<Vec<String>, DeskError> {
    hash_on_every_core(&Argon2::default(), secrets)
}

fn hash_on_every_core(argon2: &Argon2<'_>, secrets: &[String]) -> Result<Vec<String>, DeskError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = secrets.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = secrets
            .chunks(share)
            .map(|chunk| {
                scope.spawn(|| {
                    chunk
                        .iter()
                        .map(|secret| hash_with(argon2, secret))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker.join().unwrap_or_else(|_| {
                    vec![Err(DeskError::Internal(
                        "a hashing thread ended early".into(),
                    ))]
                })
            })
            .collect()
    })
}

/// What an imported PIN's hash costs: some 2 ms of a core instead of 20, so that 60,000 come in within minutes. The
/// hash says so itself, and the first time that the PIN is typed it is hashed anew at full cost.
const BROUGHT_KIB: u32 = 4096;
const BROUGHT_TURNS: u32 = 1;

/// Hashes PINs of a former system, on every core, at a lower cost until each is first used.
pub fn hash_brought_pins(pins: &[String]) -> Result<Vec<String>, DeskError> {
    let params = Params::new(BROUGHT_KIB, BROUGHT_TURNS, 1, None)
        .map_err(|error| DeskError::Internal(format!("a PIN could not be hashed: {error}")))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::default(), params);
    hash_on_every_core(&argon2, pins)
}

/// Whether a hash was made at a lower cost than one made today would be.
pub(crate) fn is_cheap(hash: &str) -> bool {
    PasswordHash::new(hash)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok())
        .is_some_and(|params| {
            let cost = |params: &Params| u64::from(params.m_cost()) * u64::from(params.t_cost());
            cost(&params) < cost(&Params::default())
        })
}

/// [`hash_password`], away from the threads that serve.
pub(crate) async fn hash_in_full(secret: String) -> Result<String, DeskError> {
    let _permit = CORES
        .acquire()
        .await
        .map_err(|error| DeskError::Internal(error.to_string()))?;
    spawn_blocking(move || hash_password(&secret))
        .await
        .map_err(|error| DeskError::Internal(error.to_string()))?
}

/// Whether `secret` is the one that was hashed. A hash that cannot be read matches nothing.
pub(crate) async fn verify(secret: String, hash: String) -> bool {
    let Ok(_permit) = CORES.acquire().await else {
        return false;
    };
    spawn_blocking(move || matches(secret.as_bytes(), &hash).unwrap_or(false))
        .await
        .unwrap_or(false)
}

/// Terminals' passwords that were found right: when a line comes back, hundreds of terminals log in at once, and a
/// check in full takes 20 ms of a core. What is kept is a digest with a salt of this process. PINs are none of these:
/// they are short, and kept for one visit only.
static RIGHT: LazyLock<Right> = LazyLock::new(Right::default);
/// More terminals than any network has.
const MOST: usize = 32_768;

#[derive(Default)]
struct Right {
    salt: OnceLock<[u8; 32]>,
    digests: Mutex<HashSet<[u8; 32]>>,
}

impl Right {
    /// None where there is no randomness to make a salt of: then nothing is remembered.
    fn digest(&self, secret: &str, hash: &str) -> Option<[u8; 32]> {
        let mut fresh = [0; 32];
        if self.salt.get().is_none() {
            getrandom::fill(&mut fresh).ok()?;
        }
        let mut digest = Sha256::new();
        digest.update(self.salt.get_or_init(|| fresh));
        digest.update(hash.as_bytes());
        digest.update([0]);
        digest.update(secret.as_bytes());
        Some(digest.finalize().into())
    }

    fn digests(&self) -> MutexGuard<'_, HashSet<[u8; 32]>> {
        // A panic while the lock was held leaves at worst one password to be checked again.
        self.digests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// [`verify`] for a terminal's password: one that was right is right again at once. A new password has a new hash.
pub(crate) async fn verify_terminal(secret: String, hash: String) -> bool {
    let digest = RIGHT.digest(&secret, &hash);
    if digest.is_some_and(|digest| RIGHT.digests().contains(&digest)) {
        return true;
    }
    let right = verify(secret, hash).await;
    if let Some(digest) = digest.filter(|_| right) {
        let mut digests = RIGHT.digests();
        if digests.len() >= MOST {
            digests.clear();
        }
        digests.insert(digest);
    }
    right
}

/// The working memory of checks that are over, for those to come. A check needs 19 MiB: allocated anew by one
/// thread after another, they would stay with each thread's allocator and add up.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

fn matches(secret: &[u8], hash: &str) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let (salt, expected) = (hash.salt.as_ref()?, hash.hash.as_ref()?);
    let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
    let version = hash
        .version
        .map_or(Ok(Version::default()), Version::try_from)
        .ok()?;
    let needed = params.block_count();

    let mut memory = memories().pop().unwrap_or_default();
    memory.resize(memory.len().max(needed), Block::default());
    let mut output = vec![0; expected.as_ref().len()];
    let hashed = Argon2::new(algorithm, version, params).hash_password_into_with_memory(
        secret,
        salt.as_ref(),
        &mut output,
        memory.get_mut(..needed)?,
    );
    memories().push(memory);
    hashed.ok()?;
    // Outputs are compared in constant time.
    Some(Output::new(&output).ok()? == *expected)
}

fn memories() -> MutexGuard<'static, Vec<Vec<Block>>> {
    // A panic while the lock was held leaves at worst one block to be allocated anew.
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_secret_matches() {
        let hash = hash_password("1234").unwrap();
        assert_eq!(matches(b"1234", &hash), Some(true));
        assert_eq!(matches(b"1235", &hash), Some(false));
        assert_eq!(matches(b"", &hash), Some(false));
        assert_eq!(matches(b"1234", "not a hash"), None);
    }

    #[tokio::test]
    async fn a_terminals_right_password_is_remembered_and_a_wrong_one_is_not() {
        let hash = hash_password("kiosk").unwrap();
        let known = |secret: &str| {
            let digest = RIGHT.digest(secret, &hash).unwrap();
            RIGHT.digests().contains(&digest)
        };
        assert!(!verify_terminal("wrong".into(), hash.clone()).await);
        assert!(!known("wrong"));
        assert!(verify_terminal("kiosk".into(), hash.clone()).await);
        assert!(known("kiosk"));
        assert!(verify_terminal("kiosk".into(), hash.clone()).await);
        assert!(!verify_terminal("wrong".into(), hash.clone()).await);
    }

    #[test]
    fn an_imported_pin_is_hashed_at_a_lower_cost_and_says_so() {
        let hashes = hash_brought_pins(&["0497".into(), "8315".into()]).unwrap();
        assert_eq!(matches(b"8315", &hashes[1]), Some(true));
        assert_eq!(matches(b"8316", &hashes[1]), Some(false));
        assert!(is_cheap(&hashes[0]));
        assert!(!is_cheap(&hash_password("0497").unwrap()));
        assert!(!is_cheap("not a hash"));
    }

    #[test]
    fn hashes_come_back_in_the_order_of_their_secrets() {
        let secrets: Vec<String> = (0..5).map(|number| number.to_string()).collect();
        let hashes = hash_passwords(&secrets).unwrap();
        for (secret, hash) in secrets.iter().zip(&hashes) {
            assert_eq!(matches(secret.as_bytes(), hash), Some(true));
        }
    }
}
