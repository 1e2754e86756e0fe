//! The demo company itself: its name, its people, its rates of exchange, and its invoices as files.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use kontor_domain::settings::{Currency, Rate};
use kontor_domain::team::{Language, Role};
use kontor_domain::{Amount, Month};

use super::calendar::Calendar;
use super::export;
use super::invoices::Books;

/// The name of the company.
pub const COMPANY: &str = "Hansen & Brandt Antriebstechnik GmbH";

/// Somebody who works there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoUser {
    /// First and last name.
    pub name: &'static str,
    /// The address to sign in with; its domain cannot exist.
    pub mail: &'static str,
    /// The role.
    pub role: Role,
    /// The language of the screens.
    pub language: Language,
    /// The unit, one of [`UNITS`].
    pub unit: &'static str,
}

/// The units: name, and the unit above.
pub const UNITS: [(&str, Option<&str>); 3] = [("Vertrieb", None), ("Vertrieb Nord", Some("Vertrieb")), ("Vertrieb Süd", Some("Vertrieb"))];

/// The team: administrator, sales leads, key account managers, those who work with them, and those who only read.
#[rustfmt::skip]
pub const USERS: [DemoUser; 12] = {
    use Language::{De, En};
    use Role::{Administrator, Member, SalesLead, Viewer};
    const fn user(name: &'static str, mail: &'static str, role: Role, language: Language, unit: &'static str) -> DemoUser {
        DemoUser { name, mail, role, language, unit }
    }
    [
        user("Tjark Hinrichs",    "tjark.hinrichs@beispiel.example",    Administrator, De, ""),
        user("Wiebke Lohmann",    "wiebke.lohmann@beispiel.example",    SalesLead,     De, "Vertrieb"),
        user("Jana Petersen",     "jana.petersen@beispiel.example",     Member,        De, "Vertrieb Nord"),
        user("Musa Okafor",       "musa.okafor@beispiel.example",       Member,        En, "Vertrieb Süd"),
        user("Ayla Demirel",      "ayla.demirel@beispiel.example",      Viewer,        De, ""),
        user("Henning Brandt",    "henning.brandt@beispiel.example",    SalesLead,     De, "Vertrieb Süd"),
        user("Katharina Voss",    "katharina.voss@beispiel.example",    Member,        De, "Vertrieb Nord"),
        user("Luca Ferrari",      "luca.ferrari@beispiel.example",      Member,        De, "Vertrieb Süd"),
        user("Merle Andresen",    "merle.andresen@beispiel.example",    Member,        De, "Vertrieb Nord"),
        user("Stefan Kowalczyk",  "stefan.kowalczyk@beispiel.example",  Member,        De, "Vertrieb"),
        user("Birte Sörensen",    "birte.soerensen@beispiel.example",   Member,        De, "Vertrieb"),
        user("Georg Hansen",      "georg.hansen@beispiel.example",      Viewer,        De, ""),
    ]
};

/// What a Swiss franc is worth in euros, in ten-thousandths, from the first month on and then from every ninth.
const FRANC: [i64; 5] = [10_420, 10_280, 10_550, 10_690, 10_740];

/// The rates of exchange, of which the first holds from the first day with invoices.
pub fn rates(today: NaiveDate) -> Vec<Rate> {
    let first = Month::of(Calendar::new(today).first_day());
    let Some(franc) = Currency::from_sign("CHF") else { return Vec::new() };
    let rate = |(n, raw)| Rate { from: first.plus(9 * n).first_day(), currency: franc, rate: Amount::from_raw(raw) };
    (0..).zip(FRANC).map(rate).take_while(|rate| rate.from < today).collect()
}

/// Writes the company's invoices of the last 36 complete months and of the month that runs, as its ERP would on the morning of `today`: one file
/// for each calendar year, oldest first, about 60,000 lines in all. Two runs with the same day write the same bytes.
///
/// # Errors
/// What the system says when the folder cannot be made or a file cannot be written.
pub fn write_exports(dir: &Path, today: NaiveDate) -> io::Result<Vec<PathBuf>> {
    export::write(dir, &Books::of(today))
}
