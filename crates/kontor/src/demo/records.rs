//! What is kept about the demo company's accounts by hand: custom fields, tags, addresses, prospects, one account that is lost, three entered twice.

use kontor_domain::rights::Viewer;

use crate::accounts::fields::forms::FieldForm;
use crate::accounts::forms::{AddressForm, Typed, parse_given};
use crate::accounts::{actions, addresses, directory, fields};
use crate::fault::Fault;
use crate::office::Office;

/// Values of an account by the names of their fields.
type Values = &'static [(&'static str, &'static str)];

/// What was written down about accounts of the ERP, by customer number.
#[rustfmt::skip]
const KEPT: [(&str, Values); 11] = [
    ("10472", &[("tags", "Rahmenvertrag, Referenz"), ("employees", "2400"), ("website", "nordwerk-logistik.example"), ("street", "Überseering 14"), ("language", "de"),
                ("custom.lieferbedingung", "frei Haus"), ("custom.rahmenvertrag_bis", "2027-12-31")]),
    ("10118", &[("tags", "Rahmenvertrag"), ("employees", "860"), ("street", "Gaisbergstraße 40"), ("language", "de"), ("custom.lieferbedingung", "frei Grenze"), ("custom.rahmenvertrag_bis", "2026-12-31")]),
    ("10655", &[("tags", "Messe, Referenz"), ("employees", "310"), ("website", "soehnke.example"), ("street", "Werftallee 3"), ("custom.lieferbedingung", "ab Werk")]),
    ("10203", &[("tags", "Rahmenvertrag"), ("employees", "540"), ("website", "velmerstede.example"), ("street", "Am Lindener Hafen 22"), ("custom.rahmenvertrag_bis", "2026-06-30")]),
    ("11290", &[("tags", "Messe"), ("employees", "1200"), ("street", "Zum Batteriewerk 1"), ("language", "en"), ("custom.lieferbedingung", "frei Haus")]),
    ("10067", &[("employees", "430"), ("street", "Rurufer 9"), ("custom.lieferbedingung", "frei Haus")]),
    ("10344", &[("tags", "Saison"), ("employees", "270"), ("street", "Rübenweg 2"), ("custom.lieferbedingung", "ab Werk")]),
    ("10025", &[("tags", "Referenz"), ("employees", "780"), ("website", "elbhafen-maschinenbau.example"), ("street", "Reiherstieg-Hauptdeich 60"), ("custom.lieferbedingung", "frei Haus")]),
    ("10152", &[("tags", "Rahmenvertrag"), ("employees", "950"), ("street", "Hasestraße 31"), ("custom.rahmenvertrag_bis", "2028-03-31")]),
    ("10598", &[("language", "de"), ("street", "Förrlibuckstrasse 70"), ("employees", "140")]),
    ("10888", &[("lifecycle", "former"), ("tags", "Geschäft aufgegeben")]),
];

/// Further addresses: number, kind, addressee, street, postal code, city, country.
const ADDRESSES: [[&str; 7]; 4] = [
    ["10472", "billing", "Zentrale Rechnungsprüfung", "Postfach 10 44 72", "28044", "Bremen", "DE"],
    ["10472", "delivery", "Tor 3, Wareneingang", "Senator-Blase-Straße 5", "28197", "Bremen", "DE"],
    ["10203", "site", "Werk Langenhagen", "Münchner Straße 18", "30855", "Langenhagen", "DE"],
    ["10152", "postal", "", "Postfach 21 60", "49011", "Osnabrück", "DE"],
];

/// Companies that buy nothing yet; the last three are accounts that somebody entered a second time.
#[rustfmt::skip]
const PROSPECTS: [Values; 7] = [
    &[("name", "Ostarmühle Getreidetechnik GmbH"), ("industry", "Lebensmittel"), ("postal_code", "04109"), ("city", "Leipzig"), ("country", "DE"), ("employees", "190"), ("tags", "Messe")],
    &[("name", "Brevalis Medizintechnik AG"), ("industry", "Maschinenbau"), ("postal_code", "78532"), ("city", "Tuttlingen"), ("country", "DE"), ("employees", "620"), ("website", "brevalis.example")],
    &[("name", "Kormoran Windservice GmbH"), ("industry", "Energie und Umwelt"), ("postal_code", "25813"), ("city", "Husum"), ("country", "DE"), ("employees", "85"), ("tags", "Messe")],
    &[("name", "Sundhavn Logistik A/S"), ("industry", "Intralogistik"), ("city", "Aarhus"), ("country", "DK"), ("language", "en")],
    &[("name", "Söhnke & Cie."), ("industry", "Maschinenbau"), ("city", "Kiel"), ("country", "DE"), ("tags", "Messe")],
    &[("name", "Tauernkamm Foerdertechnik"), ("city", "Salzburg"), ("country", "AT")],
    &[("name", "Elbhafen Maschinenbau"), ("street", "Reiherstieg-Hauptdeich 60"), ("city", "Hamburg"), ("country", "DE"), ("website", "www.elbhafen-maschinenbau.example")],
];

/// Writes it all down, through the same verbs as a user.
pub(super) async fn write(office: &Office, viewer: &Viewer, source: &str) -> Result<(), Fault> {
    for [kind, label_de, label_en, choices] in [
        [
            "choice",
            "Lieferbedingung",
            "Terms of delivery",
            "frei Haus | delivered\nfrei Grenze | delivered to the border\nab Werk | ex works",
        ],
        ["date", "Rahmenvertrag bis", "Framework contract until", ""],
    ] {
        let form = FieldForm { kind: kind.into(), label_de: label_de.into(), label_en: label_en.into(), choices: choices.into() };
        fields::actions::add(office, viewer, form.parse().map_err(Fault::Invalid)?).await?;
    }
    for (number, values) in KEPT {
        let id = id_of(office, viewer, source, number).await?;
        actions::change(office, viewer, id, &parse_given(&typed(values)).map_err(Fault::Invalid)?).await?;
    }
    for [number, kind, addressee, street, postal_code, city, country] in ADDRESSES.map(|address| address.map(str::to_owned)) {
        let address = AddressForm { kind, addressee, street, postal_code, city, country }.parse().map_err(Fault::Invalid)?;
        let id = id_of(office, viewer, source, &number).await?;
        addresses::actions::add(office, viewer, id, &address).await?;
    }
    for values in PROSPECTS {
        actions::add(office, viewer, parse_given(&typed(values)).map_err(Fault::Invalid)?).await?;
    }
    Ok(())
}

fn typed(values: Values) -> Typed {
    values.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()
}

async fn id_of(office: &Office, viewer: &Viewer, source: &str, number: &str) -> Result<i64, Fault> {
    let directory = directory::current(office, viewer).await?;
    let place = directory.place(source, number).ok_or(Fault::NotFound)?;
    Ok(directory.accounts()[place].id)
}
