//! Logging a mail from its file: who wrote to whom is found among the records.

use std::collections::{BTreeMap, HashMap};

use chrono::Local;
use kontor_domain::interaction::{Confidentiality, Kind, OTHERS_MAX, OUTCOME_MAX, PURPOSE_MAX, WrongDay, check_day};
use kontor_domain::person::ChannelKind;
use kontor_domain::rights::{Right, Viewer};

use super::attachments::{self, Checked, Refused};
use super::forms::NewInteraction;
use super::mail::{Mail, NoMail, Party};
use super::{actions, store};
use crate::fault::Fault;
use crate::office::Office;
use crate::team::actions::require;
use crate::web::texts::Texts;
use crate::{people, team};

/// How many minutes a mail is taken to cost.
const MINUTES: u32 = 5;

/// What the sender of the form says beside the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// With which account; where it is not said, the account of the people in the mail.
    pub account_id: Option<i64>,
    /// Who may read it.
    pub confidentiality: Confidentiality,
}

/// Logs a mail as an interaction; gives its id.
pub async fn log(office: &Office, viewer: &Viewer, bytes: &[u8], wanted: Wanted) -> Result<i64, Fault> {
    require(viewer, Right::LogInteractions)?;
    let mail = Mail::read(bytes).map_err(|why| {
        Fault::field("file", move |t| match why {
            NoMail::Outlook => t.interactions_mail_outlook(),
            NoMail::Unknown => t.interactions_mail_unknown(),
        })
    })?;
    let (mail, known) = recognise(office, viewer, mail).await?;
    let account_id = match wanted.account_id {
        Some(id) => id,
        None => account_of(office, viewer, &known.persons).await?,
    };
    let (kept, left): (Vec<_>, Vec<_>) = mail.enclosures.iter().cloned().map(attachments::check).partition(Result::is_ok);
    let kept: Vec<Checked> = kept.into_iter().filter_map(Result::ok).take(attachments::FILES_MAX).collect();
    let left: Vec<(String, Refused)> = left.into_iter().filter_map(Result::err).collect();
    let entry = entry(office, viewer, &mail, known, account_id, (wanted.confidentiality, &left))?;
    let written = attachments::write(office, kept).await?;
    let tx = office.db.begin().await?;
    if let Some(message_id) = &mail.message_id
        && store::is_known_mail(tx.on(), account_id, message_id).await?
    {
        return Err(Fault::field("file", |t| t.interactions_mail_known()));
    }
    let (id, event) = actions::insert(&tx, office, viewer, entry, mail.message_id).await?;
    attachments::record(&tx, office, viewer, id, written).await?;
    tx.commit(viewer, office.now(), event).await?;
    Ok(id)
}

/// Who of a mail is known here.
#[derive(Debug, Default)]
struct Known {
    persons: Vec<i64>,
    users: Vec<i64>,
    others: Vec<String>,
}

/// Finds the people of a mail. Where none of a customer's people is in its head, it may forward a mail of theirs, as a whole or quoted in its text.
async fn recognise(office: &Office, viewer: &Viewer, mail: Mail) -> Result<(Mail, Known), Fault> {
    let known = known(office, viewer, &mail.parties).await?;
    if !known.persons.is_empty() {
        return Ok((mail, known));
    }
    if mail.forwarded.is_some() {
        let mail = mail.into_forwarded();
        let known = self::known(office, viewer, &mail.parties).await?;
        return Ok((mail, known));
    }
    if mail.quoted.is_empty() {
        return Ok((mail, known));
    }
    let parties: Vec<Party> = mail.parties.iter().chain(&mail.quoted).cloned().collect();
    let known = self::known(office, viewer, &parties).await?;
    Ok((mail, known))
}

async fn known(office: &Office, viewer: &Viewer, parties: &[Party]) -> Result<Known, Fault> {
    let users: HashMap<String, i64> =
        team::store::all(office.db.read()).await?.into_iter().map(|user| (user.mail.to_lowercase(), user.id)).collect();
    let normals: Vec<String> = parties.iter().map(|party| ChannelKind::WorkMail.normal(&party.mail, None)).collect();
    let found = people::store::by_channel(office.db.read(), viewer, &normals).await?;
    let mut persons: HashMap<String, i64> = HashMap::new();
    for (normal, person_id) in found {
        // Two people with one address: the one that was there first.
        let first = persons.entry(normal).or_insert(person_id);
        *first = (*first).min(person_id);
    }
    let mut known = Known::default();
    for (party, normal) in parties.iter().zip(&normals) {
        match (users.get(&party.mail), persons.get(normal)) {
            (Some(&user), _) if !known.users.contains(&user) => known.users.push(user),
            (None, Some(&person)) if !known.persons.contains(&person) => known.persons.push(person),
            (None, None) => {
                let other = if party.name.is_empty() { party.mail.clone() } else { format!("{} <{}>", party.name, party.mail) };
                if !known.others.contains(&other) {
                    known.others.push(other);
                }
            }
            _ => {}
        }
    }
    Ok(known)
}

/// The account that most of these people work for now.
async fn account_of(office: &Office, viewer: &Viewer, persons: &[i64]) -> Result<i64, Fault> {
    let today = office.today();
    let mut votes: BTreeMap<i64, usize> = BTreeMap::new();
    for employments in people::store::employments_of(office.db.read(), viewer, persons).await?.into_values() {
        let now = employments.iter().filter(|employment| employment.role.is_open(today));
        if let Some(account_id) = now.filter_map(|employment| employment.role.account_id).next() {
            *votes.entry(account_id).or_default() += 1;
        }
    }
    let most = votes.values().max().copied();
    let mut leading = votes.iter().filter(|(_, count)| Some(**count) == most).map(|(id, _)| *id);
    match (leading.next(), leading.next()) {
        (Some(account_id), None) => Ok(account_id),
        (None, _) => Err(Fault::field("account", |t| t.interactions_mail_nobody())),
        (Some(_), Some(_)) => Err(Fault::field("account", |t| t.interactions_mail_several())),
    }
}

fn entry(
    office: &Office,
    viewer: &Viewer,
    mail: &Mail,
    known: Known,
    account_id: i64,
    (confidentiality, left): (Confidentiality, &[(String, Refused)]),
) -> Result<NewInteraction, Fault> {
    let t = Texts::of(viewer.language);
    let today = office.today();
    let at = mail.at.map(|at| at.with_timezone(&Local));
    let day = at.map_or(today, |at| at.date_naive());
    check_day(day, today).map_err(|why| {
        Fault::field("file", move |t| match why {
            WrongDay::Ahead => t.interactions_day_ahead(),
            WrongDay::TooLongAgo => t.interactions_day_old(),
        })
    })?;
    let notes: Vec<String> = left
        .iter()
        .map(|(name, why)| match why {
            Refused::Empty => t.interactions_mail_left_empty(name.as_str()),
            Refused::TooLarge => t.interactions_mail_left_large(name.as_str()),
            Refused::Kind => t.interactions_mail_left_kind(name.as_str()),
        })
        .chain(mail.unreadable.iter().map(|name| t.interactions_mail_left_unreadable(name.as_str())))
        .collect();
    let notes = if notes.is_empty() { String::new() } else { format!("\n\n[{}]", notes.join(" ")) };
    let room = OUTCOME_MAX.saturating_sub(notes.chars().count());
    let users = if known.users.is_empty() && viewer.user_id > 0 { vec![viewer.user_id] } else { known.users };
    Ok(NewInteraction {
        account_id,
        kind: Kind::Mail,
        day,
        minute_of_day: at.map(|at| chrono::Timelike::hour(&at) * 60 + chrono::Timelike::minute(&at)),
        minutes: MINUTES,
        purpose: if mail.subject.is_empty() { t.interactions_mail_no_subject() } else { cut(&mail.subject, PURPOSE_MAX) },
        outcome: format!("{}{notes}", cut(&mail.text, room)).trim().to_owned(),
        others: cut(&known.others.join("; "), OTHERS_MAX),
        persons: known.persons,
        users,
        step: None,
        confidentiality,
    })
}

/// At most so many characters, with a mark where something is missing.
fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max { text.to_owned() } else { text.chars().take(max.saturating_sub(1)).chain(['…']).collect() }
}
