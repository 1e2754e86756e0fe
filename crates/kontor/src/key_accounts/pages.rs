//! The pages of key accounts.

mod account;
mod index;
mod treatments;

use kontor_domain::key_account::{Contact, Decision, Reach, Treated};
use kontor_domain::rights::Right;

use crate::web::routes::{Guard, Routes};
use crate::web::texts::Texts;
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    let (see, nominate, decide) = (Guard::Needs(Right::SeeFigures), Guard::Needs(Right::Nominate), Guard::Needs(Right::DecideKeyAccounts));
    Routes::new()
        .get(see, url::KEY_ACCOUNTS, index::show)
        .get(see, url::TREATMENTS, treatments::show)
        .post(decide, url::TREATMENTS, treatments::change)
        .get(see, "/accounts/{id}/key-account", account::show)
        .post(decide, "/accounts/{id}/key-account", account::decide)
        .post(nominate, "/accounts/{id}/nominations", account::nominate)
        .post(nominate, "/nominations/{id}/withdraw", account::withdraw)
}

/// What was decided, in the reader's language.
pub fn decision_name(t: &Texts, decision: Decision) -> String {
    t.by_key(&format!("key-decision-{}", decision.name())).unwrap_or_else(|| decision.name().to_owned())
}

/// How far a key account reaches, in the reader's language.
pub fn reach_name(t: &Texts, reach: Reach) -> String {
    t.by_key(&format!("key-reach-{}", reach.name())).unwrap_or_else(|| reach.name().to_owned())
}

/// How an account is spoken to, in the reader's language.
pub fn contact_name(t: &Texts, contact: Contact) -> String {
    t.by_key(&format!("key-contact-{}", contact.name())).unwrap_or_else(|| contact.name().to_owned())
}

/// Whose treatment it is, in the reader's language.
pub fn treated_name(t: &Texts, treated: Treated) -> String {
    match treated {
        Treated::Key => t.web_key_account(),
        Treated::A => "A".to_owned(),
        Treated::B => "B".to_owned(),
        Treated::C => "C".to_owned(),
    }
}
