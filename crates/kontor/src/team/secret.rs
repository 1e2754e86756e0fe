//! Random secrets for links and tokens, of which only the hash is stored.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use crate::fault::Fault;

/// A new secret of 256 random bits, as text for addresses and headers.
pub fn new() -> Result<String, Fault> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Fault::internal)?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

/// What is stored of a secret: SHA-256 in hexadecimal. A secret of 256 random bits needs no slow hash.
pub fn hash(secret: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(secret.as_bytes()))
}
