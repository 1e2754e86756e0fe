//! Verbs about users and units.

use kontor_domain::audit::{Event, UnitState, UserState};
use kontor_domain::rights::{Right, Viewer};
use kontor_domain::team::{Language, Mail, Role, Unit, unit_and_below};

use super::forms::NewUser;
use super::password;
use super::store::{self, User};
use crate::db::revisions::Topic;
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
    if new.unit_id.is_some() {
        let state = UserState { name: new.name.clone(), role: new.role, active: true, unit_id: new.unit_id };
        require_open_unit(&store::units(tx.on()).await?, new.unit_id, None)?;
        store::update(tx.on(), id, &state).await?;
    }
    tx.raise(Topic::Sight).await?;
    let event = Event::UserAdded { user_id: id, name: new.name.clone(), mail: new.mail.to_string(), role: new.role };
    tx.commit(viewer, now, event).await?;
    Ok(id)
}

/// Changes name, role, activity or unit. The last administrator who can sign in keeps role and activity; who is deactivated is signed out at once.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, after: UserState) -> Result<(), Fault> {
    require(viewer, Right::ManageUsers)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let user = store::find(tx.on(), id).await?.ok_or(Fault::NotFound)?;
    let stays_administrator = after.active && after.role == Role::Administrator;
    if user.active && user.role == Role::Administrator && !stays_administrator && store::other_administrators(tx.on(), id).await? == 0 {
        return Err(Fault::field("role", |t| t.team_last_administrator()));
    }
    let before = user.state();
    require_open_unit(&store::units(tx.on()).await?, after.unit_id, before.unit_id)?;
    store::update(tx.on(), id, &after).await?;
    tx.raise(Topic::Sight).await?;
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

/// Chooses one's own language; the one that was chosen before leaves no trace.
pub async fn set_language(office: &Office, viewer: &Viewer, language: Language) -> Result<(), Fault> {
    require(viewer, Right::OwnProfile)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let chosen = store::find(tx.on(), viewer.user_id).await?.and_then(|user| user.language);
    if chosen == Some(language) {
        return Ok(());
    }
    store::set_language(tx.on(), viewer.user_id, language).await?;
    let event = Event::LanguageSet { user_id: viewer.user_id, before: viewer.language, after: language };
    Ok(tx.commit(viewer, now, event).await?)
}

/// Who may be given accounts: all users who may sign in. Everybody may know the names of colleagues.
pub async fn colleagues(office: &Office) -> Result<Vec<User>, Fault> {
    Ok(store::all(office.db.read()).await?.into_iter().filter(|user| user.active).collect())
}

/// Who may be asked to do something: all users who may sign in and do more than read.
pub async fn doers(office: &Office) -> Result<Vec<User>, Fault> {
    Ok(colleagues(office).await?.into_iter().filter(|user| user.role != Role::Viewer).collect())
}

/// All units, archived ones too. Everybody may know how the company is divided.
pub async fn units(office: &Office) -> Result<Vec<Unit>, Fault> {
    Ok(store::units(office.db.read()).await?)
}

/// Adds a unit.
pub async fn add_unit(office: &Office, viewer: &Viewer, after: UnitState) -> Result<i64, Fault> {
    require(viewer, Right::ManageUsers)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let units = store::units(tx.on()).await?;
    require_free_name(&units, None, &after)?;
    require_open_unit(&units, after.parent, None).map_err(|_| Fault::field("parent", |t| t.team_unit_unknown()))?;
    let id = store::insert_unit(tx.on(), &after, now).await?;
    tx.raise(Topic::Sight).await?;
    tx.commit(viewer, now, Event::UnitAdded { unit_id: id, after }).await?;
    Ok(id)
}

/// Changes name, place or use of a unit. It cannot come below itself, and one that still has users or open units below it cannot be archived.
pub async fn change_unit(office: &Office, viewer: &Viewer, id: i64, after: UnitState) -> Result<(), Fault> {
    require(viewer, Right::ManageUsers)?;
    let tx = office.db.begin().await?;
    let units = store::units(tx.on()).await?;
    let unit = units.iter().find(|unit| unit.id == id).ok_or(Fault::NotFound)?;
    let before = UnitState { name: unit.name.clone(), parent: unit.parent, archived: unit.archived };
    require_free_name(&units, Some(id), &after)?;
    require_open_unit(&units, after.parent, before.parent).map_err(|_| Fault::field("parent", |t| t.team_unit_unknown()))?;
    if after.parent.is_some_and(|parent| unit_and_below(&units, id).contains(&parent)) {
        return Err(Fault::field("parent", |t| t.team_unit_circle()));
    }
    let is_used = units.iter().any(|unit| unit.parent == Some(id) && !unit.archived)
        || store::all(tx.on()).await?.iter().any(|user| user.active && user.unit_id == Some(id));
    if after.archived && !before.archived && is_used {
        return Err(Fault::field("archived", |t| t.team_unit_used()));
    }
    store::update_unit(tx.on(), id, &after).await?;
    tx.raise(Topic::Sight).await?;
    Ok(tx.commit(viewer, office.now(), Event::UnitChanged { unit_id: id, before, after }).await?)
}

fn require_free_name(units: &[Unit], id: Option<i64>, after: &UnitState) -> Result<(), Fault> {
    let is_taken = units.iter().any(|unit| Some(unit.id) != id && unit.name == after.name);
    if is_taken { Err(Fault::field("name", |t| t.team_unit_taken())) } else { Ok(()) }
}

/// A unit that exists and is not archived, or the one it was before.
fn require_open_unit(units: &[Unit], wanted: Option<i64>, before: Option<i64>) -> Result<(), Fault> {
    let is_fine = wanted.is_none_or(|id| wanted == before || units.iter().any(|unit| unit.id == id && !unit.archived));
    if is_fine { Ok(()) } else { Err(Fault::field("unit", |t| t.team_unit_unknown())) }
}

/// Forbidden unless the viewer may.
pub fn require(viewer: &Viewer, right: Right) -> Result<(), Fault> {
    if viewer.may(right) { Ok(()) } else { Err(Fault::Forbidden) }
}
