//! Reading tables of contacts: Outlook's, Google's and others' columns, German and English.

use chrono::{Datelike, NaiveDate};
use kontor_domain::person::{Birthday, ChannelKind, letter, phone, read_salutation, split_name};

use super::{Contact, Reading, Rejected};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Salutation,
    Title,
    First,
    Middle,
    Last,
    Full,
    Function,
    Company,
    Number,
    Department,
    Phone(ChannelKind),
    Mail(ChannelKind),
    /// Says what the next column of its kind is: Google's “Phone 1 - Label”.
    Label,
    Web,
    Profile,
    Birthday,
    Remark,
    Language,
    /// A part of an address; 0 is the one at work.
    Address(usize, Part),
    Left,
    /// Says nothing about the person.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Street,
    City,
    Zip,
    Region,
    Country,
}

/// Reads the rows of a table, the headers first; `None` when no column holds a name.
pub fn read(rows: &[(u64, Vec<String>)]) -> Option<Reading> {
    // Some exports begin with a title or a line for Excel; the headers are the first line that has a column for a name.
    let (place, roles) = rows.iter().take(10).enumerate().find_map(|(place, (_, row))| Some((place, roles(row)?)))?;
    let headers = &rows[place].1;
    let mut reading = Reading::default();
    for (line, row) in &rows[place + 1..] {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let contact = contact(*line, row, headers, &roles);
        match contact.has_name() {
            true => reading.contacts.push(contact),
            false => reading.rejected.push(Rejected::new(*line, &row.join(" | "), "no_name")),
        }
    }
    Some(reading)
}

fn roles(headers: &[String]) -> Option<Vec<Role>> {
    let mut roles: Vec<Role> = headers.iter().map(|header| role(header)).collect();
    let has = |roles: &[Role], wanted: Role| roles.contains(&wanted);
    if !has(&roles, Role::Function) {
        // “Title” is what somebody is called where there is a function beside it, else it is the function.
        let title = headers.iter().position(|header| plain(header) == "title");
        if let Some(title) = title {
            roles[title] = Role::Function;
        }
    }
    let is_named = has(&roles, Role::Last) || has(&roles, Role::First) || has(&roles, Role::Full);
    is_named.then_some(roles)
}

/// A header in lower-case letters and digits only.
fn plain(header: &str) -> String {
    header.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn role(header: &str) -> Role {
    let name = plain(header);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match name.as_str() {
        "firstname" | "givenname" | "vorname" | "vornamen" | "first" => Role::First,
        "middlename" | "additionalname" | "weiterevornamen" | "zweitervorname" => Role::Middle,
        "lastname" | "familyname" | "nachname" | "surname" | "familienname" | "zuname" | "last" => Role::Last,
        "name" | "fullname" | "contactname" | "displayname" | "anzeigename" | "ansprechpartner" | "kontakt" | "contact"
        | "formattedname" => Role::Full,
        "anrede" | "salutation" | "titleofcourtesy" => Role::Salutation,
        "title" | "titel" | "prefix" | "nameprefix" | "honorificprefix" | "akademischertitel" => Role::Title,
        "jobtitle" | "position" | "funktion" | "function" | "contacttitle" | "organizationtitle" | "organization1title" | "role"
        | "rolle" => Role::Function,
        "company" | "companyname" | "firma" | "firmenname" | "organization" | "organisation" | "organizationname" | "organization1name"
        | "unternehmen" | "kunde" | "account" | "accountname" | "customer" | "customername" => Role::Company,
        "customerid" | "customerno" | "customernumber" | "kundennummer" | "kundennr" | "kdnr" | "accountnumber" | "debitor"
        | "debitorennummer" => Role::Number,
        "department" | "abteilung" | "organizationdepartment" | "organization1department" => Role::Department,
        "birthday" | "geburtstag" | "geburtsdatum" | "birthdate" | "bday" => Role::Birthday,
        "notes" | "note" | "notizen" | "notiz" | "bemerkung" | "bemerkungen" | "remark" | "remarks" | "comment" => Role::Remark,
        "language" | "languages" | "sprache" | "sprachen" | "sprachecode" => Role::Language,
        "linkedin" | "xing" | "profile" | "profil" | "netzwerkprofil" | "networkprofile" => Role::Profile,
        _ if has(&["label", "type", "typ"]) && has(&["phone", "mail", "telefon", "website", "address"]) => Role::Label,
        _ if has(&["mail"]) && has(&["displayname", "anzeigename"]) => Role::Nothing,
        _ if has(&["mail"]) && !has(&["mailing", "mailbox"]) => {
            Role::Mail(if has(&["home", "privat"]) { ChannelKind::HomeMail } else { ChannelKind::WorkMail })
        }
        _ if has(&["fax"]) => Role::Phone(ChannelKind::Fax),
        _ if has(&["pager", "telex", "isdn", "ttytdd", "texttelefon"]) => Role::Left,
        _ if has(&["mobil", "cell", "handy"]) => Role::Phone(ChannelKind::Mobile),
        _ if has(&["phone", "telefon", "telephone", "rufnummer"]) || name == "tel" => {
            Role::Phone(if has(&["home", "privat"]) { ChannelKind::HomePhone } else { ChannelKind::WorkPhone })
        }
        _ if has(&["webpage", "webseite", "website", "homepage"]) || name == "url" => Role::Web,
        _ => address_role(&name),
    }
}

fn address_role(name: &str) -> Role {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let which = if has(&["home", "privat"]) {
        1
    } else if has(&["other", "weitere"]) {
        2
    } else {
        0
    };
    let part = if has(&["formatted"]) {
        Part::Whole
    } else if has(&["street", "straße", "strasse"]) || name == "address" || name == "adresse" || name == "anschrift" {
        Part::Street
    } else if has(&["postalcode", "postleitzahl", "plz", "zip"]) {
        Part::Zip
    } else if has(&["city", "stadt"]) || name == "ort" || name.starts_with("ort") && has(&["geschäftlich", "privat", "weitere"]) {
        Part::City
    } else if has(&["country", "land"]) && !has(&["bundesland"]) {
        Part::Country
    } else if has(&["region", "state", "bundesland", "kanton"]) {
        Part::Region
    } else {
        return Role::Left;
    };
    Role::Address(which, part)
}

fn contact(line: u64, row: &[String], headers: &[String], roles: &[Role]) -> Contact {
    let mut contact = Contact { line, ..Contact::default() };
    let (mut full, mut middle, mut label) = (String::new(), String::new(), String::new());
    let mut addresses: [Vec<(Part, String)>; 3] = Default::default();
    for (place, cell) in row.iter().enumerate() {
        let (Some(role), value) = (roles.get(place), unquoted(cell)) else { continue };
        if *role == Role::Label {
            label = value.to_lowercase();
            continue;
        }
        if value.is_empty() {
            continue;
        }
        let data = &mut contact.data;
        match *role {
            Role::First => data.first_name = value.to_owned(),
            Role::Middle => middle = value.to_owned(),
            Role::Last => data.last_name = value.to_owned(),
            Role::Full => full = value.to_owned(),
            Role::Salutation | Role::Title => called(&mut contact, value),
            Role::Function => contact.function = value.to_owned(),
            Role::Company => contact.company = value.to_owned(),
            Role::Number => contact.number = value.to_owned(),
            Role::Department => contact.department = value.to_owned(),
            Role::Phone(kind) => phones(&mut contact, labelled(kind, &label), value),
            Role::Mail(kind) => {
                let kind = if label.contains("home") || label.contains("privat") { ChannelKind::HomeMail } else { kind };
                value.split(":::").for_each(|mail| contact.reach(kind, mail));
            }
            Role::Web => contact.reach(ChannelKind::Website, value),
            Role::Profile => contact.reach(ChannelKind::Profile, value),
            Role::Birthday => birthday(&mut contact, value),
            Role::Remark => contact.remark(value),
            Role::Language => languages(&mut contact, value),
            Role::Address(which, part) => addresses[which].push((part, value.to_owned())),
            Role::Left => contact.leave(headers.get(place).map_or("", String::as_str)),
            Role::Label | Role::Nothing => {}
        }
    }
    if !middle.is_empty() {
        contact.data.first_name = format!("{} {middle}", contact.data.first_name).trim().to_owned();
    }
    if !contact.has_name() {
        let parts = split_name(&full);
        let data = &mut contact.data;
        (data.first_name, data.last_name) = (parts.first, parts.last);
        data.salutation = data.salutation.or(parts.salutation);
        data.title = data.title.take().or(parts.title);
    }
    for parts in &addresses {
        address(&mut contact, parts);
    }
    contact
}

/// A cell without the apostrophe that keeps spreadsheets from computing it.
fn unquoted(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// Salutations and titles stand in one column or in two.
fn called(contact: &mut Contact, value: &str) {
    let mut titles = Vec::new();
    for word in value.split_whitespace() {
        match read_salutation(word) {
            Some(salutation) => contact.data.salutation = Some(salutation),
            None => titles.push(word),
        }
    }
    let titles = titles.join(" ");
    if titles.is_empty() {
        return;
    }
    let is_title = titles.split_whitespace().all(letter::is_title) || titles.len() <= 20;
    match (&contact.data.title, is_title) {
        (None, true) => contact.data.title = Some(titles),
        _ => contact.leave(&titles),
    }
}

fn labelled(kind: ChannelKind, label: &str) -> ChannelKind {
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    match kind {
        ChannelKind::WorkPhone if says(&["fax"]) => ChannelKind::Fax,
        ChannelKind::WorkPhone if says(&["mobil", "cell", "handy"]) => ChannelKind::Mobile,
        ChannelKind::WorkPhone if says(&["home", "privat"]) => ChannelKind::HomePhone,
        kind => kind,
    }
}

/// Several numbers may stand in one cell.
fn phones(contact: &mut Contact, kind: ChannelKind, value: &str) {
    for value in value.split(":::").flat_map(|part| part.split(['\n', ';'])) {
        contact.reach(kind, value);
    }
}

fn birthday(contact: &mut Contact, value: &str) {
    let day = value.get(..10).unwrap_or(value).trim();
    let read = |format: &str| NaiveDate::parse_from_str(day, format).ok();
    // Outlook writes 0.0.00 where there is none.
    if !day.chars().any(|c| ('1'..='9').contains(&c)) {
        return;
    }
    let found = day.parse::<Birthday>().ok().or_else(|| {
        let date = read("%d.%m.%Y").or_else(|| read("%m/%d/%Y")).or_else(|| read("%d/%m/%Y"))?;
        Birthday::new(date.day(), date.month(), Some(date.year()))
    });
    match found {
        Some(birthday) => contact.data.birthday = Some(birthday),
        None => contact.leave(value),
    }
}

fn languages(contact: &mut Contact, value: &str) {
    const NAMES: [(&str, &str); 14] = [
        ("deutsch", "de"),
        ("german", "de"),
        ("englisch", "en"),
        ("english", "en"),
        ("französisch", "fr"),
        ("french", "fr"),
        ("italienisch", "it"),
        ("spanisch", "es"),
        ("niederländisch", "nl"),
        ("dutch", "nl"),
        ("polnisch", "pl"),
        ("tschechisch", "cs"),
        ("dänisch", "da"),
        ("danish", "da"),
    ];
    for word in value.split([',', ';', ' ', '/']).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()) {
        let by_name = NAMES.iter().find(|(name, _)| *name == word).map(|(_, tag)| (*tag).to_owned());
        let is_tag = word.len() == 2 || word.len() == 5 && word.contains('-');
        match by_name.or_else(|| (is_tag && word.is_ascii()).then(|| word.clone())) {
            Some(tag) if !contact.data.languages.contains(&tag) => contact.data.languages.push(tag),
            Some(_) => {}
            None => contact.leave(&word),
        }
    }
}

fn address(contact: &mut Contact, parts: &[(Part, String)]) {
    let of =
        |wanted: Part| parts.iter().filter(|(part, _)| *part == wanted).map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
    let country = of(Part::Country);
    if contact.country.is_empty() && phone::country_of(&country).is_some() {
        contact.country.clone_from(&country);
    }
    let whole = of(Part::Whole);
    if !whole.is_empty() {
        contact.reach(ChannelKind::Address, &whole);
        return;
    }
    let city = [of(Part::Zip), of(Part::City)].join(" ").trim().to_owned();
    let lines = [of(Part::Street), city, of(Part::Region), country];
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    // A country alone is no address.
    if lines.len() > 1 || !of(Part::Street).is_empty() {
        contact.reach(ChannelKind::Address, &lines.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_rows(rows: &[&[&str]]) -> Reading {
        let rows: Vec<(u64, Vec<String>)> =
            (1..).zip(rows).map(|(line, row)| (line, row.iter().map(|cell| (*cell).to_owned()).collect())).collect();
        read(&rows).expect("a table of contacts")
    }

    fn channels(contact: &Contact) -> Vec<(&'static str, &str)> {
        contact.channels.iter().map(|(kind, value)| (kind.name(), value.as_str())).collect()
    }

    #[test]
    fn outlook_in_english_and_german() {
        let reading = read_rows(&[
            &[
                "Title",
                "First Name",
                "Middle Name",
                "Last Name",
                "Suffix",
                "Company",
                "Department",
                "Job Title",
                "Business Street",
                "Business City",
                "Business Postal Code",
                "Business Country/Region",
                "Business Fax",
                "Business Phone",
                "Mobile Phone",
                "Home Phone",
                "Birthday",
                "E-mail Address",
                "E-mail Type",
                "E-mail Display Name",
                "Notes",
                "Spouse",
            ],
            &[
                "Dr.",
                "Jens",
                "P.",
                "Lohse",
                "",
                "Elbe GmbH",
                "Buying",
                "Head",
                "Weg 1",
                "Hamburg",
                "20095",
                "Germany",
                "040 2",
                "'+49 40 1",
                "0171 1",
                "040 3",
                "0/0/00",
                "j@elbe.example",
                "SMTP",
                "Jens (j@elbe.example)",
                "likes boats",
                "Kim",
            ],
        ]);
        let contact = &reading.contacts[0];
        assert_eq!(
            (contact.data.full_name().as_str(), contact.function.as_str(), contact.department.as_str()),
            ("Dr. Jens P. Lohse", "Head", "Buying")
        );
        assert_eq!(
            channels(contact),
            [
                ("fax", "040 2"),
                ("work_phone", "+49 40 1"),
                ("mobile", "0171 1"),
                ("home_phone", "040 3"),
                ("work_mail", "j@elbe.example"),
                ("address", "Weg 1\n20095 Hamburg\nGermany"),
            ]
        );
        assert_eq!((contact.left.as_slice(), contact.data.birthday), (["Spouse".to_owned()].as_slice(), None));

        let reading = read_rows(&[
            &[
                "Anrede",
                "Vorname",
                "Nachname",
                "Firma",
                "Abteilung",
                "Position",
                "Straße geschäftlich",
                "Ort geschäftlich",
                "Postleitzahl geschäftlich",
                "Telefon (geschäftlich)",
                "Mobiltelefon",
                "Telefon (privat)",
                "Geburtstag",
                "E-Mail-Adresse",
                "Sprache",
            ],
            &[
                "Frau Prof. Dr.",
                "Ida",
                "Ott",
                "Weser",
                "Werk",
                "Leitung",
                "Hof 2",
                "Bremen",
                "28195",
                "0421 1",
                "0172",
                "",
                "05.03.1970",
                "i@w.example",
                "Deutsch, Englisch",
            ],
        ]);
        let contact = &reading.contacts[0];
        assert_eq!((contact.data.full_name().as_str(), contact.data.languages.join(" ").as_str()), ("Prof. Dr. Ida Ott", "de en"));
        assert_eq!(contact.data.birthday.map(|birthday| birthday.to_string()).as_deref(), Some("1970-03-05"));
        assert_eq!(channels(contact)[3], ("address", "Hof 2\n28195 Bremen"));
    }

    #[test]
    fn google_says_what_a_number_is_in_the_column_before() {
        let reading = read_rows(&[
            &[
                "First Name",
                "Last Name",
                "Organization Name",
                "Organization Title",
                "E-mail 1 - Label",
                "E-mail 1 - Value",
                "Phone 1 - Label",
                "Phone 1 - Value",
                "Phone 2 - Label",
                "Phone 2 - Value",
                "Address 1 - Label",
                "Address 1 - Formatted",
                "Labels",
            ],
            &[
                "Kim",
                "Ahn",
                "Elbe",
                "CEO",
                "* Home",
                "k@gmail.com ::: k2@gmail.com",
                "Mobile",
                "+49 171 1",
                "Work",
                "+49 40 1 ::: +49 40 2",
                "Work",
                "Weg 1, Hamburg",
                "* myContacts",
            ],
        ]);
        assert_eq!(
            channels(&reading.contacts[0]),
            [
                ("home_mail", "k@gmail.com"),
                ("home_mail", "k2@gmail.com"),
                ("mobile", "+49 171 1"),
                ("work_phone", "+49 40 1"),
                ("work_phone", "+49 40 2"),
                ("address", "Weg 1, Hamburg"),
            ]
        );
        assert_eq!(reading.contacts[0].function, "CEO");
    }

    #[test]
    fn rows_without_a_name_are_kept_with_their_line_and_a_table_without_names_is_none() {
        let reading = read_rows(&[&["Contacts of 2026"], &["Name", "Phone"], &["", "040 1"], &["", ""], &["Jens Lohse", "040 2"]]);
        assert_eq!(reading.rejected, [Rejected::new(3, " | 040 1", "no_name")]);
        assert_eq!((reading.contacts[0].line, reading.contacts[0].data.last_name.as_str()), (5, "Lohse"));
        assert_eq!(read(&[(1, vec!["Invoice".to_owned(), "Amount".to_owned()])]), None);
        assert_eq!(read(&[]), None);
    }
}
