use proptest::prelude::*;

use super::*;

fn company(id: i64, name: &'static str, street: &'static str, postal_code: &'static str, city: &'static str) -> Company<'static> {
    Company { id, name, street, postal_code, city, ..Company::default() }
}

fn told(pairs: &[Pair]) -> Vec<(i64, i64, u8)> {
    pairs.iter().map(|pair| (pair.first, pair.second, pair.score)).collect()
}

#[test]
fn the_same_company_in_another_spelling_is_found() {
    let found = companies(
        [
            company(1, "Müller & Söhne GmbH", "Hafenstraße 12", "20457", "Hamburg"),
            company(2, "Mueller und Soehne GmbH & Co. KG", "Hafenstr. 12", "20457", "Hamburg"),
            company(3, "Söhne Müller", "", "", "Hamburg"),
            company(4, "Mülller & Söhne", "", "20457", "Hamburg"),
            company(5, "Weser Stahl AG", "Am Wall 1", "28195", "Bremen"),
        ],
        REPORTED_FROM,
    );
    let pairs: Vec<(i64, i64)> = found.iter().map(|pair| (pair.first, pair.second)).collect();
    assert_eq!(pairs, [(1, 2), (1, 3), (2, 3)], "{found:?}");
    assert_eq!(found[0].reasons, [Reason::Name, Reason::Address]);
    let similar =
        companies([company(1, "Rheintal Antriebe AG", "", "50667", "Köln"), company(2, "Rheintaal Antriebe", "", "50667", "Köln")], 60);
    assert_eq!(similar[0].reasons, [Reason::SimilarName, Reason::PostalCode]);
}

#[test]
fn members_of_a_group_and_companies_of_one_name_elsewhere_are_not() {
    let apart = [
        company(1, "Northgate Antriebe Nord GmbH", "", "20457", "Hamburg"),
        company(2, "Northgate Antriebe Süd GmbH", "", "80331", "München"),
        company(3, "Schmidt GmbH", "", "20457", "Hamburg"),
        company(4, "Schmidt GmbH", "", "80331", "München"),
        company(5, "Elbe", "Am Kai 1", "20457", "Hamburg"),
        company(6, "Oder", "Am Kai 1", "20457", "Hamburg"),
    ];
    assert_eq!(told(&companies(apart, REPORTED_FROM)), []);
}

#[test]
fn a_vat_id_tells_the_same_apart_and_different_ones_together() {
    let with = |id, name, vat_id| Company { id, name, vat_id, city: "Hamburg", ..Company::default() };
    let found = companies([with(1, "Elbe", "DE136695976"), with(2, "Alster", "DE136695976")], REPORTED_FROM);
    assert_eq!(found[0].reasons, [Reason::VatId, Reason::City]);
    let apart = companies([with(1, "Elbe", "DE136695976"), with(2, "Elbe", "DE129273398")], REPORTED_FROM);
    assert_eq!(told(&apart), [], "the same name in the same city, but two taxpayers");
}

#[test]
fn people_are_found_by_mail_phone_name_and_employer() {
    let human = |id, first_name, last_name, employers: &[i64]| Human {
        id,
        first_name,
        last_name,
        employers: employers.to_vec(),
        ..Human::default()
    };
    let found = people(
        [human(1, "Jörg", "Petersen", &[7]), human(2, "Joerg", "Petersen", &[7]), human(3, "Petra", "Petersen", &[7])],
        REPORTED_FROM,
    );
    assert_eq!(told(&found), [(1, 2, 78)]);
    let mails = |id, first_name, mail| Human { id, first_name, last_name: "Petersen", mails: vec![mail], ..Human::default() };
    let found = people([mails(1, "J.", "jp@elbe.example"), mails(2, "Jörg", "JP@elbe.example")], REPORTED_FROM);
    assert_eq!(found[0].reasons, [Reason::Mail, Reason::SimilarName]);
    let shared = people([mails(1, "Anna", "info@elbe.example"), mails(2, "Jörg", "info@elbe.example")], REPORTED_FROM);
    assert_eq!(told(&shared), [], "a mail address that two colleagues share");
    let swapped = people([human(1, "Hans", "Peter", &[7]), human(2, "Peter", "Hans", &[7])], REPORTED_FROM);
    assert_eq!(swapped.len(), 1);
}

#[test]
fn a_name_that_many_have_is_still_found_in_one_place() {
    let places: Vec<String> = (10_000..10_200).map(|code| code.to_string()).collect();
    let mut all: Vec<Company<'_>> =
        places.iter().zip(1..).map(|(code, id)| Company { id, name: "Schmidt GmbH", postal_code: code, ..Company::default() }).collect();
    all.push(Company { id: 999, name: "Schmidt KG", postal_code: "10050", ..Company::default() });
    assert_eq!(told(&companies(all, REPORTED_FROM)), [(51, 999, 73)]);
}

fn fixed(typed: &'static str) -> Number<'static> {
    Number { normal: typed, typed, is_fixed: true }
}

#[test]
fn companies_are_compared_by_what_reaches_their_people() {
    let reached = |id, name, mails: &[&'static str], phones: &[Number<'static>]| Company {
        id,
        name,
        postal_code: "20457",
        mails: mails.to_vec(),
        phones: phones.to_vec(),
        ..Company::default()
    };
    let found = companies(
        [
            reached(1, "Elbe Maschinenbau GmbH", &["anna@elbe.example", "x@gmail.com"], &[fixed("+49 40 66969-12")]),
            reached(2, "EMB", &["Bert@ELBE.example"], &[fixed("040 66969 727")]),
            reached(3, "Oder KG", &["y@gmail.com"], &[fixed("+49 40 5550-12")]),
        ],
        REPORTED_FROM,
    );
    assert_eq!(told(&found), [(1, 2, 71)]);
    assert_eq!(found[0].reasons, [Reason::PostalCode, Reason::MailDomain, Reason::Switchboard]);
    let mobile = Number { normal: "+491701234567", typed: "0170 1234567", is_fixed: false };
    let found = companies([reached(1, "Elbe", &[], &[mobile]), reached(2, "Oder", &[], &[mobile])], 60);
    assert_eq!(found[0].reasons, [Reason::PostalCode, Reason::OfficePhone]);
    let neighbours = [mobile, Number { normal: "+491701234568", typed: "0170 1234568", is_fixed: false }];
    let found = companies([reached(1, "Elbe", &[], &neighbours[..1]), reached(2, "Oder", &[], &neighbours[1..])], 30);
    assert_eq!(found, [], "mobile numbers have no switchboard");
}

#[test]
fn mail_at_the_host_of_a_website_is_the_same_host_and_counts_once() {
    let with = |id, website, mails: &[&'static str]| Company { id, name: "Elbe", website, mails: mails.to_vec(), ..Company::default() };
    let found = companies([with(1, "https://www.elbe.example", &[]), with(2, "", &["anna@elbe.example"])], REPORTED_FROM);
    assert_eq!(found[0].reasons, [Reason::Name, Reason::MailDomain]);
    let both = companies([with(1, "elbe.example", &["a@elbe.example"]), with(2, "elbe.example", &["b@elbe.example"])], REPORTED_FROM);
    assert_eq!(both[0].reasons, [Reason::Name, Reason::Website]);
}

#[test]
fn a_host_or_switchboard_that_many_companies_share_says_nothing() {
    let many = |count: i64| {
        let company = |id| Company { id, mails: vec!["a@hosting.example"], phones: vec![fixed("+49 40 66969-12")], ..Company::default() };
        companies((0..count).map(company), 1).len()
    };
    let few = SHARED_MAX as i64;
    assert_eq!((many(few), many(few + 1)), ((few * (few - 1) / 2) as usize, 0));
}

fn any_company() -> impl Strategy<Value = (String, String, String, String, String, String)> {
    ("[A-Da-dÄäöü ]{0,12}", "[A-C][a-c]{0,3} [1-3]", "1000[0-3]", "[AB]", "[ab]@[ab]\\.(de|example)", "\\+49 40 [12]{5}-?[12]{2,4}")
}

proptest! {
    /// Whichever way round, and in whichever order the records come: the same pairs.
    #[test]
    fn the_order_of_records_does_not_matter(of in prop::collection::vec(any_company(), 0..20)) {
        let make = |(id, (name, street, postal_code, city, mail, phone)): (i64, &(String, String, String, String, String, String))| {
            Company { id, name: name.clone().leak(), street: street.clone().leak(), postal_code: postal_code.clone().leak(), city: city.clone().leak(), mails: vec![mail.clone().leak()], phones: vec![fixed(phone.clone().leak())], ..Company::default() }
        };
        let forward: Vec<Company<'_>> = (0..).zip(&of).map(make).collect();
        let backward: Vec<Company<'_>> = forward.iter().rev().cloned().collect();
        let [forward, backward] = [forward, backward].map(|of| told(&companies(of, 50)));
        prop_assert_eq!(forward, backward);
    }

    /// What speaks for it never lowers the score, what speaks against it never raises it, and it is never more than certain.
    #[test]
    fn each_reason_moves_the_score_its_way(places in prop::collection::vec(0_usize..19, 0..8), more in 0_usize..19) {
        const ALL: [Reason; 19] = [
            Reason::MailDomain, Reason::Switchboard, Reason::OfficePhone,
            Reason::VatId, Reason::Lei, Reason::Name, Reason::SimilarName, Reason::Address, Reason::PostalCode, Reason::City, Reason::Website,
            Reason::Mail, Reason::Phone, Reason::Employer, Reason::Birthday, Reason::OtherVatId, Reason::OtherLei, Reason::OtherCountry, Reason::OtherPerson,
        ];
        let mut reasons: Vec<Reason> = places.into_iter().map(|place| ALL[place]).collect();
        let before = score(&reasons);
        reasons.push(ALL[more]);
        let after = score(&reasons);
        let moved_its_way = if ALL[more].is_against() { after <= before } else { after >= before };
        prop_assert!(after <= 100 && moved_its_way);
    }
}
