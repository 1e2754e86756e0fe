//! Verbs about users.

use kontor_domain::audit::{Event, UserState};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::{Language, Mail, Role};

use super::forms::NewUser;
use super::password;
use super::store::{self, User};
use crate::fault::Fault;
use crate::office::Office;

/// All users.
pub async fn list(office: &Office, viewer: &Viewer) -> Result<Vec<User>, Fault> {
    require(viewer, Right::ManageUsers)?;
    Ok(store::all(office.db.read()).await?)
}

/// One user, for those who manage users.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<User, Fault> {
    require(viewer, Right::ManageUsers)?;
    store::find(office.db.read(), id).await?.ok_or(Fault::NotFound)
}

/// Adds a user without a password; a sign-in link lets them set one.
pub async fn add(office: &Office, viewer: &Viewer, new: &NewUser) -> Result<i64, Fault> {
    require(viewer, Right::ManageUsers)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    if store::find_by_mail(tx.on(), new.mail.as_str()).await?.is_some() {
        return Err(Fault::field("mail", |t| t.team_mail_taken()));
    }
    let id = store::insert(tx.on(), &new.name, &new.mail, new.role, None, now).await?;
    let event = Event::UserAdded { user_id: id, name: new.name.clone(), mail: new.mail.to_string(), role: new.role };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Changes name, role or activity. The last administrator who can sign in keeps role and activity; who is deactivated is signed out at once.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, after: UserState) -> Result<(), Fault> {
    require(viewer, Right::ManageUsers)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let user = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    let stays_administrator = after.active && after.role == Role::Administrator;
    if user.active && user.role == Role::Administrator && !stays_administrator && store::other_administrators(tx.on(), id).await? == 0 {
        return Err(Fault::field("role", |t| t.team_last_administrator()));
    }
    let before = UserState { name: user.name, role: user.role, active: user.active };
    store::update(tx.on(), id, &after.name, after.role, after.active).await?;
    if !after.active {
        store::end_sessions(tx.on(), id, None).await?;
    }
    Ok(tx.commit(viewer, now, Event::UserChanged { user_id: id, before, after }).await?)
}

/// Sets a password, checked before, and ends the user's sessions, except the one whose stored id is given.
pub async fn set_password(office: &Office, viewer: &Viewer, id: i64, password: String, keep_session: Option<String>) -> Result<(), Fault> {
    require(viewer, if id == viewer.user_id { Right::OwnProfile } else { Right::ManageUsers })?;
    let hash = password::hash(password).await?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let user = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    store::set_password(tx.on(), id, hash).await?;
    store::end_sessions(tx.on(), id, keep_session).await?;
    Ok(tx.commit(viewer, now, Event::PasswordSet { user_id: id, name: user.name }).await?)
}

/// Changes one's own password; the present one must be right, unless none was set yet.
pub async fn change_own_password(
    office: &Office,
    viewer: &Viewer,
    current: String,
    password: String,
    keep_session: Option<String>,
) -> Result<(), Fault> {
    let user = own(office, viewer).await?;
    if let Some(hash) = user.password_hash
        && !password::verify(current, hash).await?
    {
        return Err(Fault::field("current", |t| t.team_password_wrong()));
    }
    set_password(office, viewer, user.id, password, keep_session).await
}

/// The viewer's own record.
pub async fn own(office: &Office, viewer: &Viewer) -> Result<User, Fault> {
    require(viewer, Right::OwnProfile)?;
    store::find(office.db.read(), viewer.user_id).await?.ok_or(Fault::NotFound)
}

/// The viewer's own mail address.
pub fn mail_of(user: &User) -> Result<Mail, Fault> {
    user.mail.parse().map_err(Fault::internal)
}

/// Chooses one's own language.
pub async fn set_language(office: &Office, viewer: &Viewer, language: Language) -> Result<(), Fault> {
    require(viewer, Right::OwnProfile)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    store::set_language(tx.on(), viewer.user_id, language).await?;
    let event = Event::LanguageSet { user_id: viewer.user_id, before: viewer.language, after: language };
    Ok(tx.commit(viewer, now, event).await?)
}

/// Forbidden unless the viewer may.
pub fn require(viewer: &Viewer, right: Right) -> Result<(), Fault> {
    if viewer.may(right) { Ok(()) } else { Err(Fault::Forbidden) }
}
