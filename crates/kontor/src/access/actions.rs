//! Verbs of coming in and going out.

use chrono::{DateTime, Days, TimeDelta, Utc};
use kontor_domain::audit::Event;
use kontor_domain::rights::{Right, Via, Viewer};
use kontor_domain::sight::Sight;
use kontor_domain::team::{Language, Role};

use super::forms::{NewToken, SetUp};
use super::store::{self, ApiToken};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::team::store::User;
use crate::team::{password, secret};
use crate::{settings, team};

/// Failed tries per mail address before further ones are held off.
const TRIES_PER_MAIL: u64 = 5;
/// Failed tries per network address; many may share one.
const TRIES_PER_ADDRESS: u64 = 30;
/// For how long failed tries count, in minutes.
const TRIES_MINUTES: i64 = 15;
/// The longest mail address there is (RFC 5321); what is longer is cut before it is counted and noted.
const MAIL_MAX: usize = 254;
/// How long a link works, in days.
const LINK_DAYS: u64 = 3;

/// What every token starts with, so that it is recognised where it leaked.
pub const TOKEN_PREFIX: &str = "kontor_";

/// The viewer that a signed-in user is. It sees no account until the policy was asked what it may see.
pub fn viewer_of(user: &User, via: Via, browser_language: Language) -> Viewer {
    let language = user.language.unwrap_or(browser_language);
    Viewer { user_id: user.id, name: user.name.clone(), role: user.role, language, via, sight: Sight::Nothing }
}

/// Checks mail and password. Tries are counted per mail address and per network address before the password is looked at, so that many at once do not slip
/// past the count; too many within a quarter of an hour are refused without looking. A try that succeeds no longer counts.
pub async fn sign_in(office: &Office, mail: &str, typed: String, address: &str) -> Result<User, Fault> {
    let now = office.now();
    let mail: String = mail.trim().to_lowercase().chars().take(MAIL_MAX).collect();
    let keys = [(format!("mail:{mail}"), TRIES_PER_MAIL), (format!("address:{address}"), TRIES_PER_ADDRESS)];
    let tries = claim_try(office, &mail, &keys, now).await?;
    let user = team::store::find_by_mail(office.db.read(), &mail).await?.filter(|user| user.active);
    let is_right = match user.as_ref().and_then(|user| user.password_hash.clone()) {
        Some(hash) => password::verify(typed, hash).await?,
        None => {
            password::verify_nothing(typed).await?;
            false
        }
    };
    let tx = office.db.begin().await?;
    match user.filter(|_| is_right) {
        Some(user) => {
            store::clear_tries(tx.on(), &keys[0].0).await?;
            store::remove_tries(tx.on(), &tries).await?;
            store::tidy_tries(tx.on(), now - TimeDelta::minutes(TRIES_MINUTES)).await?;
            team::store::tidy_sessions(tx.on()).await?;
            tx.commit(&viewer_of(&user, Via::Web, Language::En), now, signed_in(&user)).await?;
            Ok(user)
        }
        None => {
            tx.commit(&nobody(&mail), now, Event::SignInRefused { mail, too_many: false }).await?;
            Err(Fault::field("password", |t| t.access_sign_in_wrong()))
        }
    }
}

/// Counts a try under each key and gives the tries' ids, or refuses it. What is refused is noted when a key's limit is reached and not again for every further
/// try, so that nobody fills the log from outside.
async fn claim_try(office: &Office, mail: &str, keys: &[(String, u64)], now: DateTime<Utc>) -> Result<Vec<i64>, Fault> {
    let (db, since) = (office.db.read(), now - TimeDelta::minutes(TRIES_MINUTES));
    let mut tries = Vec::new();
    for (key, limit) in keys {
        if store::count_tries(db, key, since).await? > *limit {
            return Err(too_many());
        }
        tries.push(store::insert_try(db, key, now).await?);
        if store::count_tries(db, key, since).await? > *limit {
            let event = Event::SignInRefused { mail: mail.to_owned(), too_many: true };
            office.db.begin().await?.commit(&nobody(mail), now, event).await?;
            return Err(too_many());
        }
    }
    Ok(tries)
}

const fn too_many() -> Fault {
    Fault::TooMany(TRIES_MINUTES.unsigned_abs() * 60)
}

/// Notes that somebody signed out; the session itself is ended by the web layer.
pub async fn sign_out(office: &Office, viewer: &Viewer) -> Result<(), Fault> {
    let event = Event::SignedOut { user_id: viewer.user_id, name: viewer.name.clone() };
    Ok(office.db.begin().await?.commit(viewer, office.now(), event).await?)
}

/// The secret of a new set-up link while there is no user yet, else `None`.
pub async fn make_set_up_link(office: &Office) -> Result<Option<String>, Fault> {
    if team::store::count(office.db.read()).await? > 0 {
        return Ok(None);
    }
    make_link(office, &Viewer::operator(Language::En), None).await.map(Some)
}

/// The secret of a new link that signs a user in once, so that they can set a password.
pub async fn make_sign_in_link(office: &Office, viewer: &Viewer, user_id: i64) -> Result<String, Fault> {
    require(viewer, Right::ManageUsers)?;
    team::store::find(office.db.read(), user_id).await?.filter(|user| user.active).ok_or(Fault::NotFound)?;
    make_link(office, viewer, Some(user_id)).await
}

async fn make_link(office: &Office, viewer: &Viewer, user_id: Option<i64>) -> Result<String, Fault> {
    let now = office.now();
    let token = secret::new()?;
    let tx = office.db.begin().await?;
    store::insert_link(tx.on(), secret::hash(&token), user_id, now + Days::new(LINK_DAYS)).await?;
    tx.commit(viewer, now, Event::LinkMade { user_id }).await?;
    Ok(token)
}

/// Whether a set-up link can be used.
pub async fn is_set_up_link(office: &Office, token: &str) -> Result<bool, Fault> {
    let link = store::find_link(office.db.read(), &secret::hash(token), office.now()).await?;
    Ok(link.is_some_and(|link| link.user_id.is_none()))
}

/// Uses the set-up link: makes the first administrator and names the company.
pub async fn set_up(office: &Office, token: &str, set_up: SetUp, language: Language) -> Result<User, Fault> {
    let now = office.now();
    let hash = password::hash(set_up.password).await?;
    let tx = office.db.begin().await?;
    let link = open_link(tx.on(), token, now).await?;
    if link.user_id.is_some() || team::store::count(tx.on()).await? > 0 || !store::use_link(tx.on(), link.id, now).await? {
        return Err(Fault::NotFound);
    }
    let id = team::store::insert(tx.on(), &set_up.name, &set_up.mail, Role::Administrator, Some(language), now).await?;
    team::store::set_password(tx.on(), id, hash).await?;
    settings::store::set_company(tx.on(), &set_up.company, id, now).await?;
    let user = team::store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    let event = Event::UserAdded { user_id: id, name: user.name.clone(), mail: user.mail.clone(), role: user.role };
    tx.commit(&viewer_of(&user, Via::Web, language), now, event).await?;
    Ok(user)
}

/// Whether a sign-in link can be used.
pub async fn is_sign_in_link(office: &Office, token: &str) -> Result<bool, Fault> {
    let link = store::find_link(office.db.read(), &secret::hash(token), office.now()).await?;
    Ok(link.is_some_and(|link| link.user_id.is_some()))
}

/// Uses a sign-in link: gives the user to sign in.
pub async fn use_sign_in_link(office: &Office, token: &str) -> Result<User, Fault> {
    let now = office.now();
    let tx = office.db.begin().await?;
    let link = open_link(tx.on(), token, now).await?;
    let user_id = link.user_id.ok_or(Fault::NotFound)?;
    let user = team::store::find(tx.on(), user_id).await?.filter(|user| user.active).ok_or(Fault::NotFound)?;
    if !store::use_link(tx.on(), link.id, now).await? {
        return Err(Fault::NotFound);
    }
    tx.commit(&viewer_of(&user, Via::Web, Language::En), now, signed_in(&user)).await?;
    Ok(user)
}

async fn open_link(tx: &impl sea_orm::ConnectionTrait, token: &str, now: DateTime<Utc>) -> Result<store::OpenLink, Fault> {
    store::find_link(tx, &secret::hash(token), now).await?.ok_or(Fault::NotFound)
}

/// The viewer's own tokens.
pub async fn own_tokens(office: &Office, viewer: &Viewer) -> Result<Vec<ApiToken>, Fault> {
    require(viewer, Right::OwnTokens)?;
    Ok(store::tokens_of(office.db.read(), viewer.user_id).await?)
}

/// Makes an API token; its secret is returned this once and never stored.
pub async fn make_token(office: &Office, viewer: &Viewer, new: NewToken) -> Result<String, Fault> {
    require(viewer, Right::OwnTokens)?;
    let now = office.now();
    let token = format!("{TOKEN_PREFIX}{}", secret::new()?);
    let tx = office.db.begin().await?;
    let id = store::insert_token(tx.on(), viewer.user_id, &new.name, secret::hash(&token), new.scope, new.expires_on, now).await?;
    let event = Event::TokenMade { token_id: id, name: new.name, scope: new.scope, expires_on: new.expires_on };
    tx.commit(viewer, now, event).await?;
    Ok(token)
}

/// Revokes one of the viewer's own tokens; it stops working at once.
pub async fn revoke_token(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::OwnTokens)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let token = store::find_token(tx.on(), viewer.user_id, id).await?.filter(|token| token.revoked_at.is_none()).ok_or(Fault::NotFound)?;
    store::revoke_token(tx.on(), id, now).await?;
    Ok(tx.commit(viewer, now, Event::TokenRevoked { token_id: id, name: token.name }).await?)
}

/// The viewer that the operator of the machine acts as at the command line: the user with this mail address.
pub async fn viewer_acting_as(office: &Office, mail: &str) -> Result<Viewer, Fault> {
    let user = team::store::find_by_mail(office.db.read(), &mail.trim().to_lowercase()).await?.filter(|user| user.active);
    let user = user.ok_or(Fault::field("as", |t| t.team_mail_unknown()))?;
    Ok(viewer_of(&user, Via::CommandLine, Language::En))
}

/// The viewer behind an API token; signed out when it is unknown, expired or revoked, or its owner is not active.
pub async fn viewer_of_token(office: &Office, token: &str) -> Result<Viewer, Fault> {
    let today = office.today();
    let db = office.db.read();
    let token = store::find_valid_token(db, &secret::hash(token), today).await?.ok_or(Fault::SignedOut)?;
    let user = team::store::find(db, token.user_id).await?.filter(|user| user.active).ok_or(Fault::SignedOut)?;
    store::touch_token(db, &token, today).await?;
    Ok(viewer_of(&user, Via::Token(token.scope), Language::En))
}

fn signed_in(user: &User) -> Event {
    Event::SignedIn { user_id: user.id, name: user.name.clone() }
}

/// Nobody yet: who fails to sign in has no rights and only a claimed mail address.
fn nobody(mail: &str) -> Viewer {
    Viewer { user_id: 0, name: mail.to_owned(), role: Role::Viewer, language: Language::En, via: Via::Web, sight: Sight::Nothing }
}
