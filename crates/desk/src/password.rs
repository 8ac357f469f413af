//! Passwords and PINs: argon2id, made and checked away from the threads that serve.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::DeskError;

/// One check takes some 20 ms of a core: as many at once as there are cores, so that a burst of log-ins
/// slows log-ins and not loans.
static CORES: Semaphore = Semaphore::const_new(2);

/// Hashes a password or PIN (argon2id, PHC string, fresh salt).
pub fn hash_password(secret: &str) -> Result<String, DeskError> {
    Argon2::default()
        .hash_password(secret.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| DeskError::Internal(format!("a password could not be hashed: {error}")))
}

/// Hashes many, on every core.
pub fn hash_passwords(secrets: &[String]) -> Result<Vec<String>, DeskError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = secrets.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = secrets
            .chunks(share)
            .map(|chunk| scope.spawn(|| chunk.iter().map(|secret| hash_password(secret)).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker.join().unwrap_or_else(|_| vec![Err(DeskError::Internal("a hashing thread ended early".into()))])
            })
            .collect()
    })
}

/// Whether `secret` is the one that was hashed. A hash that cannot be read matches nothing.
pub(crate) async fn verify(secret: String, hash: String) -> bool {
    let Ok(_permit) = CORES.acquire().await else { return false };
    spawn_blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
    })
    .await
    .unwrap_or(false)
}
