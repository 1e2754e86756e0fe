//! Idempotency keys: a repeated request with the same key gets the first one's answer and does nothing a second time.

pub mod store;

use axum::http::HeaderMap;
use kontor_domain::rights::Viewer;

use crate::fault::Fault;
use crate::office::Office;

/// The header that carries the key.
pub const HEADER: &str = "idempotency-key";
const KEY_MAX: usize = 200;

/// What a key means for the request at hand.
pub enum Key {
    /// No key was given: just do it.
    None,
    /// A new key: do it, then [`Claimed::answer`].
    Claimed(Claimed),
    /// The request was answered before.
    Answered(serde_json::Value),
}

/// A key that is ours to answer.
pub struct Claimed {
    id: i64,
}

impl Claimed {
    /// Keeps the answer for repetitions.
    pub async fn answer(self, office: &Office, answer: &serde_json::Value) -> Result<(), Fault> {
        Ok(store::answer(office.db.read(), self.id, answer).await?)
    }

    /// Gives the key up, so that the request can be tried again.
    pub async fn release(self, office: &Office) -> Result<(), Fault> {
        Ok(store::release(office.db.read(), self.id).await?)
    }
}

/// Looks at the key of a request; `request_hash` stands for what is asked, so that one key cannot mean two things.
pub async fn claim(office: &Office, viewer: &Viewer, headers: &HeaderMap, request_hash: &str) -> Result<Key, Fault> {
    let Some(value) = headers.get(HEADER) else { return Ok(Key::None) };
    let key = value.to_str().ok().filter(|key| !key.is_empty() && key.len() <= KEY_MAX);
    let key = key.ok_or_else(|| Fault::field("idempotency-key", |t| t.api_key_wrong(KEY_MAX)))?;
    if let Some(id) = store::claim(office.db.read(), viewer.user_id, key, request_hash, office.now()).await? {
        return Ok(Key::Claimed(Claimed { id }));
    }
    match store::find(office.db.read(), viewer.user_id, key).await? {
        Some(known) if known.request_hash != request_hash => Err(Fault::field("idempotency-key", |t| t.api_key_reused())),
        Some(store::Known { answer: Some(answer), .. }) => Ok(Key::Answered(answer)),
        _ => Err(Fault::conflict(|t| t.api_key_busy())),
    }
}
