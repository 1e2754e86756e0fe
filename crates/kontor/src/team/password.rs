//! Hashing of passwords with argon2id, off the threads that answer requests.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::aside::aside;
use crate::fault::Fault;

/// How many passwords are hashed at once. Each takes 19 MiB and a core; more at once would only let strangers exhaust the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// The hash to store, with its salt and parameters.
pub async fn hash(password: String) -> Result<String, Fault> {
    let _permit = AT_ONCE.acquire().await.map_err(Fault::internal)?;
    aside(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())).await?.map_err(Fault::internal)
}

/// Whether the password is the one that was hashed.
pub async fn verify(password: String, hash: String) -> Result<bool, Fault> {
    let _permit = AT_ONCE.acquire().await.map_err(Fault::internal)?;
    let verified =
        aside(move || PasswordHash::new(&hash).map(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()));
    verified.await?.map_err(Fault::internal)
}

/// Takes as long as [`verify`], so that the time of an answer does not tell whether a mail address is known.
pub async fn verify_nothing(password: String) -> Result<(), Fault> {
    hash(password).await.map(|_| ())
}
