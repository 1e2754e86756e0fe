use proptest::prelude::*;

use super::custom::CustomKind;
use super::*;

fn record(name: &str, city: &str) -> Record {
    let master =
        Master { name: name.into(), legal_form: legal_form::of(name).map(str::to_owned), city: Some(city.into()), ..Master::default() };
    Record { master, ..Record::default() }
}

fn wanted(pairs: &[(&str, &str)]) -> Vec<(Key, String)> {
    pairs.iter().map(|(key, value)| (key.parse().expect("a key"), (*value).to_owned())).collect()
}

fn fields() -> Vec<CustomField> {
    vec![CustomField {
        key: "audit_on".into(),
        kind: CustomKind::Date,
        label_de: "Prüfung am".into(),
        label_en: "Audit on".into(),
        choices: vec![],
    }]
}

#[test]
fn what_differs_is_told_with_both_values() {
    let before = record("Elbe GmbH", "Hamburg");
    let typed = [
        ("name", "Elbe GmbH"),
        ("city", " Bremen "),
        ("employees", "250"),
        ("tags", "Messe, rahmenvertrag; messe"),
        ("custom.audit_on", "2026-05-01"),
    ];
    let (after, changes) = before.changed(&wanted(&typed), &fields()).expect("all right");
    let told: Vec<_> = changes.iter().map(|change| (change.field.as_str(), change.before.as_deref(), change.after.as_deref())).collect();
    assert_eq!(
        told,
        [
            ("employees", None, Some("250")),
            ("city", Some("Hamburg"), Some("Bremen")),
            ("tags", None, Some("Messe, rahmenvertrag")),
            ("custom.audit_on", None, Some("2026-05-01")),
        ]
    );
    assert_eq!(after.hand_set, BTreeSet::from([Field::City]), "only what the ERP knows can be set against it");
}

#[test]
fn all_wrong_values_are_told_at_once() {
    let typed = [
        ("name", " "),
        ("vat_id", "DE136695977"),
        ("lei", "1"),
        ("website", "javascript:alert(1)"),
        ("lifecycle", "x"),
        ("employees", "-1"),
        ("custom.nope", "1"),
    ];
    let wrong = record("Elbe GmbH", "Hamburg").changed(&wanted(&typed), &fields()).expect_err("all wrong");
    let told: Vec<String> = wrong.iter().map(|(key, wrong)| format!("{key}: {wrong:?}")).collect();
    assert_eq!(
        told,
        [
            "name: Missing",
            "vat_id: VatCheck",
            "lei: LeiForm",
            "website: Website",
            "lifecycle: Choice",
            "employees: Count(10000000)",
            "custom.nope: NoSuchField"
        ]
    );
}

#[test]
fn the_legal_form_follows_the_name_until_somebody_says_otherwise() {
    let before = record("Elbe GmbH", "Hamburg");
    let (after, _) = before.changed(&wanted(&[("name", "Elbe AG"), ("legal_form", "GmbH")]), &[]).expect("right");
    assert_eq!(after.master.legal_form.as_deref(), Some("AG"));
    let (after, _) = after.changed(&wanted(&[("legal_form", "AG & Co. KGaA")]), &[]).expect("right");
    let (after, _) = after.changed(&wanted(&[("name", "Elbe Werke")]), &[]).expect("right");
    assert_eq!(after.master.legal_form.as_deref(), Some("AG & Co. KGaA"));
    let (after, _) = after.changed(&wanted(&[("legal_form", "")]), &[]).expect("right");
    assert_eq!(after.master.legal_form, None);
}

#[test]
fn a_value_set_by_hand_wins_over_the_erp_until_it_is_given_back() {
    let (ours, _) = record("Elbe GmbH", "Hamburg").changed(&wanted(&[("city", "Bremen")]), &[]).expect("right");
    let says = ErpData { name: Some("Elbe Werke AG".into()), city: Some("Lübeck".into()), ..ErpData::default() };
    let told = ours.told_by_erp(&says);
    assert_eq!((told.master.name.as_str(), told.master.city.as_deref()), ("Elbe Werke AG", Some("Bremen")));
    assert_eq!(told.master.legal_form.as_deref(), Some("AG"));
    let back = told.given_back(Field::City, &says);
    assert_eq!((back.master.city.as_deref(), back.hand_set.is_empty()), (Some("Lübeck"), true));
    assert_eq!(back.told_by_erp(&ErpData { city: Some("Kiel".into()), ..ErpData::default() }).master.city.as_deref(), Some("Kiel"));
}

#[test]
fn a_prospect_that_is_invoiced_is_active_unless_somebody_said_otherwise() {
    let mut prospect = record("Elbe GmbH", "Hamburg");
    prospect.master.lifecycle = Lifecycle::Prospect;
    assert_eq!(prospect.told_by_erp(&ErpData::default()).master.lifecycle, Lifecycle::Active);
    let (former, _) = prospect.changed(&wanted(&[("lifecycle", "former")]), &[]).expect("right");
    assert_eq!(former.told_by_erp(&ErpData::default()).master.lifecycle, Lifecycle::Former);
}

#[test]
fn a_website_may_be_typed_short_and_leads_nowhere_else() {
    let mut master = Master::default();
    for (typed, stored) in
        [("www.elbe.de", "https://www.elbe.de"), ("http://elbe.de/", "http://elbe.de"), ("HTTPS://elbe.de/a?b=c", "https://elbe.de/a?b=c")]
    {
        Field::Website.put(&mut master, typed).expect("an address");
        assert_eq!(master.website.as_deref(), Some(stored));
    }
    for typed in ["elbe", "ftp://elbe.de", "data:text/html,x", "https://elbe..de", "https://a.de\" onclick", "user@elbe.de", "https://"] {
        assert_eq!(Field::Website.put(&mut master, typed), Err(Wrong::Website), "{typed}");
    }
}

#[test]
fn addresses_are_stored_line_by_line() {
    let address = Address {
        kind: AddressKind::Delivery,
        addressee: "Werk 2".into(),
        street: "Am Kai 5".into(),
        postal_code: "20457".into(),
        city: "Hamburg".into(),
        country: "DE".into(),
    };
    assert_eq!(Address::from_stored(&address.stored()), Ok(address.clone()));
    assert_eq!(address.lines(), ["Werk 2", "Am Kai 5", "20457 Hamburg", "DE"]);
    assert!(Address::from_stored("delivery\nWerk 2").is_err());
    assert!(Address::from_stored("castle\n\n\n\n\n").is_err());
}

#[test]
fn keys_and_their_names_are_the_same_thing() {
    for key in Field::VARIANTS.iter().copied().map(Key::Master).chain([Key::Tags, Key::Custom("x".into())]) {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    assert_eq!("nope".parse::<Key>(), Err(Wrong::NoSuchField));
}

proptest! {
    /// Whatever was typed: writing the old values of the changes back gives the old record, but for which fields are set by hand.
    #[test]
    fn restoring_every_change_gives_the_record_back(typed in prop::collection::vec((0..9_usize, "[a-zA-Z0-9 .,]{0,12}"), 0..6)) {
        const KEYS: [&str; 9] = ["name", "legal_form", "industry", "street", "postal_code", "city", "country", "tags", "custom.note"];
        let fields = [CustomField { key: "note".into(), kind: CustomKind::Text, label_de: "N".into(), label_en: "N".into(), choices: vec![] }];
        let before = record("Elbe Werke GmbH", "Hamburg");
        let pairs: Vec<(&str, &str)> = typed.iter().map(|(place, value)| (KEYS[*place], value.as_str())).collect();
        if let Ok((after, changes)) = before.changed(&wanted(&pairs), &fields) {
            let back: Vec<(Key, String)> = changes.iter()
                .map(|change| (change.field.parse().expect("a key"), change.before.clone().unwrap_or_default()))
                .collect();
            let (restored, _) = after.changed(&back, &fields).expect("it was right before");
            prop_assert_eq!(restored.differences(&before), vec![]);
        }
    }

    /// A checked VAT id or LEI is checked again without another result.
    #[test]
    fn a_checked_value_stays_as_it_is(text in "[A-Za-z0-9 .]{0,22}") {
        if let Ok(id) = vat::check(&text) { prop_assert_eq!(vat::check(&id), Ok(id.clone())); }
        if let Ok(id) = lei::check(&text) { prop_assert_eq!(lei::check(&id), Ok(id.clone())); }
        if let Ok(tags) = Tags::read(&text) { prop_assert_eq!(Tags::read(&tags.to_string()), Ok(tags)); }
    }
}
