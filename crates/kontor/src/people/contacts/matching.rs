//! Which account a contact belongs to, and which known person it may be.

use std::collections::{BTreeSet, HashMap};

use kontor_domain::person::phone::{Country, country_of};
use kontor_domain::person::{ChannelKind, company_domain};
use kontor_domain::rights::Viewer;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::Contact;
use crate::accounts;
use crate::accounts::directory::{self, Directory};
use crate::accounts::find;
use crate::fault::Fault;
use crate::office::Office;
use crate::people::merging;
use crate::people::store::{self, folded};

/// What becomes of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr, strum::EnumString, strum::VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Choice {
    /// A new person.
    New,
    /// What is missing is added to a known person.
    Update,
    /// Nothing.
    Skip,
}

/// A contact with what it may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// What the file says.
    pub contact: Contact,
    /// The account it belongs to.
    pub account_id: Option<i64>,
    /// By what the account was found: `number`, `name`, `domain`.
    pub found_by: Option<String>,
    /// The known person it may be.
    pub person_id: Option<i64>,
    /// Whether that person was put away.
    #[serde(default)]
    pub is_archived: bool,
    /// Why: `mail`, `phone`, `name`.
    pub reasons: BTreeSet<String>,
    /// The line of the contact in the same file that says the same.
    pub same_as: Option<u64>,
    /// What becomes of it.
    pub choice: Choice,
    /// The person it became.
    pub became: Option<i64>,
}

/// The country of a contact's telephone numbers: the one it says, else the account's.
pub fn country(directory: &Directory, contact: &Contact, account_id: Option<i64>) -> Option<Country> {
    let of_account = || {
        let place = directory.place_of(account_id?)?;
        country_of(directory.accounts()[place].master.country.as_deref()?)
    };
    country_of(&contact.country).or_else(of_account)
}

/// The forms in which a contact's mails and numbers are compared; fax numbers and those of a switchboard are shared and say nothing.
fn reached(contact: &Contact, country: Option<Country>) -> Vec<(ChannelKind, String)> {
    let telling = contact.channels.iter().filter(|(kind, _)| kind.is_mail() || kind.is_phone() && *kind != ChannelKind::Fax);
    telling.map(|(kind, value)| (*kind, kind.normal(value, country))).collect()
}

/// Finds accounts and known people for all contacts, and proposes what becomes of each.
pub async fn plan(office: &Office, viewer: &Viewer, contacts: Vec<Contact>) -> Result<Vec<Planned>, Fault> {
    let directory = directory::current(office, viewer).await?;
    let finder = Finder::new(&directory, viewer);
    let domains = domains(office, viewer, &contacts).await?;
    let mut rows: Vec<Planned> = contacts.into_iter().map(|contact| finder.place(contact, &domains)).collect();

    let forms: Vec<Vec<(ChannelKind, String)>> =
        rows.iter().map(|row| reached(&row.contact, country(&directory, &row.contact, row.account_id))).collect();
    let all: BTreeSet<String> = forms.iter().flatten().map(|(_, normal)| normal.clone()).collect();
    let known = store::by_channel(office.db.read(), viewer, &all.into_iter().collect::<Vec<_>>()).await?;
    let mut by_channel: HashMap<&str, Vec<i64>> = HashMap::new();
    for (normal, person) in &known {
        by_channel.entry(normal).or_default().push(*person);
    }
    let accounts: BTreeSet<i64> = rows.iter().filter_map(|row| row.account_id).collect();
    let by_name = store::names_at(office.db.read(), viewer, &accounts.into_iter().collect::<Vec<_>>()).await?;
    let ids: BTreeSet<i64> = known.iter().map(|(_, person)| *person).collect();
    let names = store::folded_names(office.db.read(), viewer, &ids.into_iter().collect::<Vec<_>>()).await?;

    let mut seen: HashMap<String, u64> = HashMap::new();
    for (row, forms) in rows.iter_mut().zip(&forms) {
        let name = folded(&[&row.contact.data.first_name, &row.contact.data.last_name]);
        find_person(row, forms, &name, &by_channel, &names, &by_name);
        let same = forms
            .iter()
            .filter(|(kind, _)| kind.is_mail())
            .map(|(_, normal)| normal.clone())
            .chain([format!("{name}|{:?}|{}", row.account_id, row.contact.company)]);
        for key in same {
            match seen.get(&key) {
                Some(&line) => row.same_as = row.same_as.or(Some(line)),
                None => drop(seen.insert(key, row.contact.line)),
            }
        }
    }
    settle(office.db.read(), &mut rows).await?;
    for row in &mut rows {
        row.choice = match (row.same_as, row.person_id) {
            (Some(_), _) => Choice::Skip,
            // Who was put away is not taken out again by a file.
            (None, Some(_)) if row.is_archived => Choice::Skip,
            (None, Some(_)) => Choice::Update,
            (None, None) => Choice::New,
        };
    }
    Ok(rows)
}

/// Puts those who took their place for accounts and people that were merged since, and notes who was put away.
pub async fn settle(db: &impl ConnectionTrait, rows: &mut [Planned]) -> Result<(), Fault> {
    let ids = |rows: &[Planned], of: fn(&Planned) -> Option<i64>| {
        rows.iter().filter_map(of).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let accounts = accounts::store::successors(db, &ids(rows, |row| row.account_id)).await?;
    let people = merging::store::successors(db, &ids(rows, |row| row.person_id)).await?;
    for row in &mut *rows {
        row.account_id = row.account_id.map(|id| accounts.get(&id).copied().unwrap_or(id));
        row.person_id = row.person_id.map(|id| people.get(&id).copied().unwrap_or(id));
    }
    let archived = merging::store::archived(db, &ids(rows, |row| row.person_id)).await?;
    for row in rows {
        row.is_archived = row.person_id.is_some_and(|id| archived.contains(&id));
    }
    Ok(())
}

/// Who has the mail is it; who has the number or the name at the same account, if the name agrees.
fn find_person(
    row: &mut Planned,
    forms: &[(ChannelKind, String)],
    name: &str,
    by_channel: &HashMap<&str, Vec<i64>>,
    names: &HashMap<i64, String>,
    by_name: &HashMap<(i64, String), i64>,
) {
    let mut scores: HashMap<i64, (u32, BTreeSet<String>)> = HashMap::new();
    for (kind, normal) in forms {
        for person in by_channel.get(normal.as_str()).into_iter().flatten() {
            let agrees = names.get(person).is_some_and(|known| known == name);
            // A number may be a switchboard's and a mail address an office's: without the name they are no proof.
            let (score, reason) = match (kind.is_mail(), agrees) {
                (true, true) => (6, "mail"),
                (true, false) => (3, "mail"),
                (false, true) => (4, "phone"),
                (false, false) => continue,
            };
            let entry = scores.entry(*person).or_default();
            entry.0 += score;
            entry.1.insert(reason.to_owned());
        }
    }
    if let Some(person) = row.account_id.and_then(|account| by_name.get(&(account, name.to_owned()))) {
        let entry = scores.entry(*person).or_default();
        entry.0 += 5;
        entry.1.insert("name".to_owned());
    }
    if let Some((person, (_, reasons))) = scores.into_iter().max_by_key(|(person, (score, _))| (*score, std::cmp::Reverse(*person))) {
        row.person_id = Some(person);
        row.reasons = reasons;
    }
}

/// The accounts of the companies' mail domains: where everybody with an address there works for one account.
async fn domains(office: &Office, viewer: &Viewer, contacts: &[Contact]) -> Result<HashMap<String, i64>, Fault> {
    let of_contact =
        |contact: &Contact| contact.channels.iter().filter(|(kind, _)| kind.is_mail()).find_map(|(_, mail)| company_domain(mail));
    let wanted: BTreeSet<String> = contacts.iter().filter_map(of_contact).collect();
    Ok(store::accounts_of_domains(office.db.read(), viewer, &wanted.into_iter().collect::<Vec<_>>()).await?)
}

/// Accounts by number and by name, prepared once for all contacts.
struct Finder {
    by_number: HashMap<String, Option<i64>>,
    by_name: HashMap<String, Option<i64>>,
}

impl Finder {
    fn new(directory: &Directory, viewer: &Viewer) -> Finder {
        let mut finder = Finder { by_number: HashMap::new(), by_name: HashMap::new() };
        for account in directory.accounts().iter().filter(|account| viewer.sight.sees(account.id)) {
            // What stands for two accounts stands for none.
            let put = |map: &mut HashMap<String, Option<i64>>, key: String| {
                map.entry(key).and_modify(|known| *known = known.filter(|&known| known == account.id)).or_insert(Some(account.id));
            };
            for number in &account.numbers {
                put(&mut finder.by_number, number.number.clone());
            }
            let name = plain_company(&account.master.name);
            if !name.is_empty() {
                put(&mut finder.by_name, name);
            }
        }
        finder
    }

    fn place(&self, contact: Contact, domains: &HashMap<String, i64>) -> Planned {
        let by_number = self.by_number.get(contact.number.trim()).copied().flatten();
        let by_name = || self.by_name.get(&plain_company(&contact.company)).copied().flatten();
        let domain = contact.channels.iter().filter(|(kind, _)| kind.is_mail()).find_map(|(_, mail)| company_domain(mail));
        let by_domain = || domains.get(domain.as_deref()?).copied();
        let found = by_number.map(|id| (id, "number")).or_else(|| by_name().map(|id| (id, "name")));
        let found = found.or_else(|| by_domain().map(|id| (id, "domain")));
        Planned {
            contact,
            account_id: found.map(|(id, _)| id),
            found_by: found.map(|(_, by)| by.to_owned()),
            person_id: None,
            is_archived: false,
            reasons: BTreeSet::new(),
            same_as: None,
            choice: Choice::New,
            became: None,
        }
    }
}

/// A company's name without its legal form, for comparing.
pub fn plain_company(name: &str) -> String {
    const FORMS: [&str; 26] = [
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "gbr",
        "ek",
        "ug",
        "se",
        "co",
        "cie",
        "und",
        "inc",
        "ltd",
        "llc",
        "corp",
        "corporation",
        "limited",
        "bv",
        "nv",
        "sa",
        "sarl",
        "srl",
        "as",
        "oy",
    ];
    let folded = folded(&[name]);
    let words: Vec<&str> = folded.split(' ').filter(|word| !FORMS.contains(word)).collect();
    if words.is_empty() { folded } else { words.join(" ") }
}

/// The account that somebody chose for a contact by number or name.
pub async fn account_named(office: &Office, viewer: &Viewer, typed: &str) -> Result<Option<i64>, Fault> {
    let directory = directory::current(office, viewer).await?;
    match find::account(&directory, typed, |id| viewer.sight.sees(id)) {
        find::Sought::Found(id) => Ok(Some(id)),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_are_compared_without_their_legal_forms() {
        for (one, other) in [("Söhnke & Cie. KG", "Soehnke"), ("Elbe Maschinenbau GmbH & Co. KG", "ELBE Maschinenbau"), ("AG", "ag")] {
            assert_eq!(plain_company(one), plain_company(other));
        }
        assert_ne!(plain_company("Elbe Maschinenbau GmbH"), plain_company("Elbe Stahl GmbH"));
    }
}
