//! The change of a job: the old role ends, the new one begins, and the teams of both accounts are told.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use kontor_domain::audit::Event;
use kontor_domain::notice::Notice;
use kontor_domain::person::{ChannelKind, Datum};
use kontor_domain::rights::{Right, Viewer};

use super::actions::{self, Shown};
use super::forms::{RoleForm, field, parse_channels, parse_day, parse_origin};
use super::store::{self, NewChannel, NewEmployment, Origin, Role};
use crate::accounts::find;
use crate::accounts::{self, directory};
use crate::assignments;
use crate::db::revisions::Topic;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::require;
use crate::team::notices;
use crate::web::format::Locale;

/// A change of a job as typed.
#[derive(Clone, Debug, Default)]
pub struct JobForm {
    /// The id of the employment that ends.
    pub employment: String,
    /// Its last day.
    pub last: String,
    /// Where the person goes, and as what.
    pub role: RoleForm,
    /// `on` where the channels of work end with the job.
    pub end_channels: String,
    /// Telephone at the new place.
    pub phone: String,
    /// Mail address at the new place.
    pub mail: String,
    /// Where it is known from.
    pub source: String,
    /// `f`, `b` or `a`.
    pub basis: String,
}

/// A change of a job, as far as it can be checked without the records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobChange {
    /// The employment that ends.
    pub employment_id: i64,
    /// Its last day.
    pub last: NaiveDate,
    /// What begins.
    pub role: Role,
    /// Whether the company is to become an account: a prospect.
    pub is_prospect: bool,
    /// Whether the channels of work end with the job.
    pub end_channels: bool,
    /// How to reach the person at the new place.
    pub channels: Vec<(ChannelKind, String)>,
    /// Where it is known from.
    pub origin: Origin,
}

impl JobForm {
    /// Reads the fields that a browser posted.
    pub fn posted(fields: &[(String, String)]) -> JobForm {
        JobForm {
            employment: field(fields, "employment"),
            last: field(fields, "last"),
            role: RoleForm::posted(fields),
            end_channels: field(fields, "end_channels"),
            phone: field(fields, "phone"),
            mail: field(fields, "mail"),
            source: field(fields, "source"),
            basis: field(fields, "basis"),
        }
    }

    /// Checks all fields; days are read in the reader's format. Where the new place is, is put in by the action.
    pub fn parse(&self, locale: Locale) -> Result<JobChange, Vec<FieldError>> {
        let mut errors = Vec::new();
        let wrong = |_| FieldError::new("employment", |t| t.people_job_employment_wrong());
        let employment_id = self.employment.trim().parse::<i64>().map_err(wrong).map_err(|error| errors.push(error)).unwrap_or_default();
        let last = parse_day("last", &self.last, locale, &mut errors);
        if self.last.trim().is_empty() {
            errors.push(FieldError::new("last", |t| t.people_day_missing()));
        }
        let mut role = self.role.read(locale, &mut errors).role;
        role.from = role.from.or_else(|| last?.checked_add_days(Days::new(1)));
        if let (Some(last), Some(from)) = (last, role.from)
            && from <= last
        {
            errors.push(FieldError::new("from", |t| t.people_job_before()));
        }
        role.to = None;
        let mut channels = Vec::new();
        for (name, kind, value) in [("phone", ChannelKind::WorkPhone, &self.phone), ("mail", ChannelKind::WorkMail, &self.mail)] {
            let mut wrong = Vec::new();
            channels.extend(parse_channels(&[(kind.to_string(), value.clone())], &mut wrong));
            errors.extend(wrong.into_iter().map(|error| error.at(name)));
        }
        let origin = parse_origin(&self.source, &self.basis, &mut errors);
        match last {
            Some(last) if errors.is_empty() => Ok(JobChange {
                employment_id,
                last,
                role,
                is_prospect: self.role.place == "prospect",
                end_channels: self.end_channels == "on",
                channels,
                origin,
            }),
            _ => Err(errors),
        }
    }
}

/// Reads a change of a job as typed, days in the given format, and enters it; gives what the new company is called.
pub async fn enter(office: &Office, viewer: &Viewer, id: i64, form: &JobForm, locale: Locale) -> Result<String, Fault> {
    let parsed = form.parse(locale);
    let place = actions::place(office, viewer, &form.role).await;
    match (parsed, place) {
        (Ok(mut wanted), Ok(place)) => {
            (wanted.role.account_id, wanted.role.company) = (place.account_id, place.company);
            change(office, viewer, id, &wanted).await
        }
        (Err(mut errors), Err(Fault::Invalid(more))) => {
            errors.extend(more);
            Err(Fault::Invalid(errors))
        }
        (Err(errors), _) => Err(Fault::Invalid(errors)),
        (_, Err(fault)) => Err(fault),
    }
}

/// Ends the old role and begins the new one; gives what the new company is called.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, change: &JobChange) -> Result<String, Fault> {
    require(viewer, Right::EditPeople)?;
    let (now, today) = (office.now(), office.today());
    let shown = actions::show(office, viewer, id).await?;
    actions::check_role(office, viewer, &change.role, Some(id)).await?;
    let to = actions::company_named(office, viewer, &change.role).await?;
    let country = actions::country_for(office, viewer, change.role.account_id).await?;
    let old = check(&shown, change)?;
    let mut role = change.role.clone();
    if change.is_prospect {
        require(viewer, Right::EditAccounts)?;
        let directory = directory::current(office, viewer).await?;
        if !find::by_name(&directory, &role.company, |id| viewer.sight.sees(id)).is_empty() {
            return Err(Fault::field("company", |t| t.people_prospect_known()));
        }
    }
    let told = teams(office, [old.account_id, change.role.account_id], viewer, today).await?;
    let tx = office.db.begin().await?;
    let person = store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    if change.is_prospect {
        let revision = tx.raise(Topic::Accounts).await?;
        role.account_id = Some(accounts::store::insert_prospect(tx.on(), &role.company, now, revision).await?);
        role.company = String::new();
    }
    let ended = Role { to: Some(change.last), ..old.clone() };
    store::update_employment(tx.on(), change.employment_id, &ended).await?;
    let new = NewEmployment { person_id: id, role: &role, is_primary: false };
    let begun = *store::insert_employments(tx.on(), &[new], viewer.user_id, now).await?.first().ok_or(Fault::Internal)?;
    store::set_primary(tx.on(), id, Some(begun)).await?;
    let mut items = vec![(id, Datum::Employment, begun)];
    if change.end_channels {
        let of_work = shown.channels.iter().filter(|channel| channel.kind.is_of_work() && channel.ended_on.is_none());
        store::end_channels(tx.on(), &of_work.map(|channel| channel.id).collect::<Vec<_>>(), Some(change.last)).await?;
    }
    let channels = change.channels.iter().map(|(kind, value)| NewChannel {
        person_id: id,
        kind: *kind,
        value,
        normal: kind.normal(value, country),
        position: -1,
    });
    let reached = store::insert_channels(tx.on(), &channels.collect::<Vec<_>>(), now).await?;
    items.extend(reached.into_iter().map(|channel| (id, Datum::Channel, channel)));
    store::set_origins(tx.on(), &items, &change.origin, today, viewer.user_id, now).await?;
    let changed = tx.raise(Topic::People).await?;
    store::touch(tx.on(), &[id], changed).await?;

    let (name, from, on) = (person.data.full_name(), shown.company(&old), change.role.from.unwrap_or(change.last));
    let notice = Notice::JobChanged { person_id: id, person: name.clone(), from: from.clone(), to: to.clone(), on };
    notices::store::tell(tx.on(), &told, &format!("person:{id}"), &notice, now).await?;
    let (from_account, to_account) = (old.account_id, role.account_id);
    tx.commit(viewer, now, Event::JobChanged { person_id: id, name, from_account, from, to_account, to: to.clone(), on }).await?;
    Ok(to)
}

/// The role that ends: one that goes on, began before its last day, and is not the one that begins.
fn check(shown: &Shown, change: &JobChange) -> Result<Role, Fault> {
    let wrong = || Fault::field("employment", |t| t.people_job_employment_wrong());
    let old = shown.employments.iter().find(|employment| employment.id == change.employment_id).ok_or_else(wrong)?;
    if old.role.to.is_some() {
        return Err(wrong());
    }
    if old.role.from.is_some_and(|from| from > change.last) {
        return Err(Fault::field("last", |t| t.people_days_reversed()));
    }
    let is_same = old.role.account_id.is_some() && old.role.account_id == change.role.account_id;
    if is_same && old.role.function == change.role.function && old.role.department == change.role.department {
        return Err(Fault::field("company", |t| t.people_job_same()));
    }
    Ok(old.role.clone())
}

/// Who looks after these accounts on a day, except who is acting.
async fn teams(office: &Office, accounts: [Option<i64>; 2], except: &Viewer, day: NaiveDate) -> Result<BTreeSet<i64>, Fault> {
    let mut users = BTreeSet::new();
    for account_id in accounts.into_iter().flatten() {
        users.extend(assignments::actions::team_of(office, account_id, day).await?.iter().map(|assignment| assignment.user_id));
    }
    users.remove(&except.user_id);
    Ok(users)
}
