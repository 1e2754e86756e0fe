//! The story as a reader of the files finds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use kontor_domain::abc::{self, Class, Thresholds};
use kontor_domain::period::PeriodChoice;
use kontor_domain::settings::{Currency, rate_of};
use kontor_domain::team::{Mail, Role};
use kontor_domain::{Amount, Month, Period};

use super::company::{self, USERS};
use super::export::HEADER;
use super::story::{self, STORIES, Tale};

/// A Monday, a leap day, New Year's Day, the middle of a month, a Sunday, a Monday after Christmas, a Monday after a month that ended on Sunday.
const TODAYS: [&str; 7] = ["2026-11-23", "2028-02-29", "2027-01-01", "2026-07-15", "2026-11-01", "2026-12-28", "2027-03-01"];

/// A line as it stands in a file.
struct Row {
    document: String,
    position: u32,
    date: NaiveDate,
    is_credit: bool,
    account: String,
    name: String,
    group: String,
    quantity: i64,
    price: Amount,
    discount: Amount,
    net: Amount,
    cost: Option<Amount>,
    currency: String,
}

/// What the files of a day say.
struct Export {
    today: NaiveDate,
    files: Vec<String>,
    rows: Vec<Row>,
}

impl Export {
    fn newest(&self) -> NaiveDate {
        self.rows.iter().map(|row| row.date).max().expect("a line")
    }

    fn last_12_months(&self) -> Period {
        let newest = self.newest();
        let oldest = self.rows.iter().map(|row| row.date).min().expect("rows");
        PeriodChoice::Last12.resolve(newest, Period::new(oldest, newest).expect("a span"), 1)
    }

    /// In euros.
    fn revenue(&self, period: Period, belongs: impl Fn(&Row) -> bool) -> Amount {
        self.rows.iter().filter(|row| period.contains(row.date) && belongs(row)).map(|row| self.in_euros(row.net, row)).sum()
    }

    /// Of the lines with known cost, in euros.
    fn margin(&self, period: Period, belongs: impl Fn(&Row) -> bool) -> Amount {
        let lines = self.rows.iter().filter(|row| period.contains(row.date) && belongs(row));
        lines.filter_map(|row| row.cost.map(|cost| self.in_euros(row.net - cost, row))).sum()
    }

    fn in_euros(&self, amount: Amount, row: &Row) -> Amount {
        let currency: Currency = row.currency.parse().expect("a currency");
        if currency == Currency::EUR {
            return amount;
        }
        let rate = rate_of(&company::rates(self.today), currency, Month::of(row.date)).expect("a rate");
        amount.times(rate).expect("an amount")
    }

    /// Revenue of the last 12 months by account.
    fn accounts(&self) -> BTreeMap<&str, Amount> {
        let period = self.last_12_months();
        let mut amounts: BTreeMap<&str, Amount> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| period.contains(row.date) && !row.account.is_empty()) {
            *amounts.entry(&row.account).or_default() += self.in_euros(row.net, row);
        }
        amounts
    }

    fn classes(&self) -> BTreeMap<&str, Class> {
        let accounts: Vec<(&str, Amount)> = self.accounts().into_iter().collect();
        abc::rank(&accounts, Thresholds::default()).into_iter().map(|ranked| (accounts[ranked.index].0, ranked.class)).collect()
    }

    fn documents(&self, belongs: impl Fn(&Row) -> bool) -> usize {
        self.rows.iter().filter(|row| belongs(row)).map(|row| row.document.as_str()).collect::<BTreeSet<_>>().len()
    }
}

/// The files of all days, written and read once.
fn exports() -> &'static [Export] {
    static EXPORTS: OnceLock<Vec<Export>> = OnceLock::new();
    EXPORTS.get_or_init(|| TODAYS.iter().map(|today| read(today.parse().expect("a day"))).collect())
}

fn written(today: NaiveDate) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a folder");
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let paths = company::write_exports(folder.path(), today).expect("files");
    paths.iter().map(|path| (name(path), fs::read(path).expect("a file"))).collect()
}

fn read(today: NaiveDate) -> Export {
    let files = written(today);
    let mut rows = Vec::new();
    for (name, bytes) in &files {
        let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        assert_eq!(reader.headers().expect("a header"), HEADER.as_slice());
        rows.extend(reader.records().map(|record| row(name, &record.expect("a row"))));
    }
    Export { today, files: files.into_iter().map(|(name, _)| name).collect(), rows }
}

fn row(file: &str, record: &csv::StringRecord) -> Row {
    let amount = |n: usize| record[n].replace('.', "").replace(',', ".").parse::<Amount>();
    let date = NaiveDate::parse_from_str(&record[2], "%d.%m.%Y").expect("a date");
    assert_eq!(file, format!("Rechnungsausgang_{}.csv", date.year()));
    Row {
        document: record[0].to_owned(),
        position: record[1].parse().expect("a position"),
        date,
        is_credit: &record[3] == "Gutschrift",
        account: record[4].to_owned(),
        name: record[5].to_owned(),
        group: record[12].to_owned(),
        quantity: record[13].parse().expect("a quantity"),
        price: amount(14).expect("a price"),
        discount: amount(15).expect("a discount"),
        net: amount(16).expect("a net amount"),
        cost: amount(17).ok(),
        currency: record[18].to_owned(),
    }
}

fn number_of(tale: Tale) -> &'static str {
    STORIES.iter().find(|story| story.tale == tale).expect("a story").number
}

fn is(tale: Tale) -> impl Fn(&Row) -> bool {
    let number = number_of(tale);
    move |row| row.account == number
}

/// Complete months: the `first` to the `last` before the as-of day, 1 for the last complete one.
fn months_ago(export: &Export, first: i32, last: i32) -> Period {
    let end = Month::of(export.last_12_months().to());
    Period::months(end.plus(1 - first), end.plus(1 - last))
}

#[test]
fn two_runs_on_the_same_day_are_byte_identical_and_another_day_differs() {
    let today = exports()[0].today;
    assert!(written(today) == written(today));
    assert!(written(today) != written(today.succ_opt().expect("a day")));
}

#[test]
fn there_are_400_accounts_and_about_60_000_lines_in_a_file_per_year() {
    for export in exports() {
        let accounts: BTreeSet<&str> = export.rows.iter().map(|row| row.account.as_str()).filter(|number| !number.is_empty()).collect();
        assert_eq!(accounts.len(), 400, "{}", export.today);
        assert!((58_000..=62_000).contains(&export.rows.len()), "{}: {} lines", export.today, export.rows.len());
        let years: BTreeSet<i32> = export.rows.iter().map(|row| row.date.year()).collect();
        assert_eq!(export.files, years.iter().map(|year| format!("Rechnungsausgang_{year}.csv")).collect::<Vec<_>>());
    }
}

#[test]
fn the_newest_invoice_is_at_most_three_days_old_and_every_complete_month_is_full() {
    for export in exports() {
        let age = (export.today - export.newest()).num_days();
        assert!((1..=3).contains(&age), "{}: {age} days", export.today);
        let last = Month::of(export.today).plus(-1);
        assert_eq!(Month::of(export.rows.iter().map(|row| row.date).min().expect("a line")), last.plus(-35), "{}", export.today);
        for age in 0..36 {
            let month = last.plus(-age);
            let lines = export.rows.iter().filter(|row| Month::of(row.date) == month).count();
            assert!((1_200..2_100).contains(&lines), "{}: {lines} lines in {month}", export.today);
        }
    }
}

#[test]
fn the_files_look_like_those_of_a_german_erp() {
    let (_, bytes) = written(exports()[0].today).pop().expect("a file");
    assert!(std::str::from_utf8(&bytes).is_err(), "umlauts are in Windows-1252");
    assert!(bytes.starts_with(b"Belegnummer;Position;Belegdatum;Belegart;Kundennummer;Kunde;Land;PLZ;Ort;Branche;"));
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    assert!(text.lines().count() == text.matches("\r\n").count());
    let nordwerk = text.lines().find(|line| line.contains(";10472;") && line.contains("Tragrolle")).expect("a line");
    let (before, after) = nordwerk.split_once(";Rechnung;").expect("an invoice");
    assert!(before.starts_with("2026-4") && before.ends_with(".2026"), "{nordwerk}");
    assert!(after.starts_with("10472;Nordwerk Logistik GmbH;DE;28195;Bremen;Intralogistik;16-26"), "{nordwerk}");
    assert!(after.ends_with(";EUR") && after.contains(";Fördertechnik;"), "{nordwerk}");
}

#[test]
fn documents_have_rising_numbers_positions_from_one_and_a_single_account_and_day() {
    for export in exports() {
        let mut seen = BTreeSet::new();
        let mut newest_number: BTreeMap<(i32, bool), &str> = BTreeMap::new();
        for (n, row) in export.rows.iter().enumerate() {
            if row.position == 1 {
                assert!(seen.insert(&row.document), "{}", row.document);
                let before = newest_number.insert((row.date.year(), row.is_credit), &row.document);
                assert!(before.is_none_or(|before| before < row.document.as_str()), "{}", row.document);
            } else {
                let before = &export.rows[n - 1];
                assert_eq!((&before.document, before.position + 1), (&row.document, row.position));
                assert_eq!((&before.account, before.date), (&row.account, row.date));
            }
            assert!(n == 0 || export.rows[n - 1].date <= row.date);
            assert_eq!(row.document.starts_with('G'), row.is_credit);
        }
    }
}

#[test]
fn net_amounts_are_quantity_times_price_less_discount() {
    for row in exports().iter().flat_map(|export| &export.rows) {
        let of_100 = Amount::from_units(100);
        let gross = row.price.times(Amount::from_units(row.quantity)).expect("an amount");
        let net = gross.times(of_100 - row.discount).and_then(|net| net.divided_by(of_100)).expect("an amount");
        assert_eq!(row.net, net.round_to_cents(), "{} {}", row.document, row.position);
        assert_eq!(row.is_credit, row.quantity < 0, "{} {}", row.document, row.position);
        assert_eq!(row.is_credit, row.net.is_negative(), "{} {}", row.document, row.position);
    }
}

#[test]
fn some_lines_are_what_an_importer_must_notice() {
    for export in exports() {
        let count = |matches: fn(&&Row) -> bool| export.rows.iter().filter(matches).count();
        assert_eq!(count(|row| row.account.is_empty() && row.name == "Barverkauf"), 14, "{}", export.today);
        let samples = count(|row| row.net.is_zero() && row.discount == Amount::from_units(100));
        assert!((20..=80).contains(&samples), "{}: {samples} samples", export.today);
        let credits = export.documents(|row| row.is_credit) * 1_000 / export.documents(|_| true);
        assert!((20..=40).contains(&credits), "{}: {credits} credit notes in a thousand", export.today);
    }
}

#[test]
fn cost_is_known_for_97_percent_of_revenue() {
    for export in exports() {
        let period = export.last_12_months();
        let known = export.revenue(period, |row| row.cost.is_some()).share_of(export.revenue(period, |_| true));
        assert!((0.965..0.975).contains(&known), "{}: {known}", export.today);
        assert!(export.rows.iter().all(|row| row.cost.is_none() == (row.group == "Dienstleistung")));
    }
}

#[test]
fn two_swiss_accounts_pay_in_francs_and_there_is_always_a_rate() {
    for export in exports() {
        let swiss: BTreeSet<&str> = export.rows.iter().filter(|row| row.currency == "CHF").map(|row| row.name.as_str()).collect();
        assert_eq!(swiss.into_iter().collect::<Vec<_>>(), ["Rütimatt Fördertechnik AG", "Varnholt Schweiz AG"]);
        let rates = company::rates(export.today);
        assert!(rates.len() >= 4 && rates.windows(2).all(|pair| pair[0].from < pair[1].from));
        assert!(rates.iter().all(|rate| rate.from < export.today));
    }
}

#[test]
fn one_account_is_a_third_of_revenue_of_the_last_12_months() {
    for export in exports() {
        let period = export.last_12_months();
        let share = export.revenue(period, is(Tale::Dependence)).share_of(export.revenue(period, |_| true));
        assert!((0.32..0.35).contains(&share), "{}: {share}", export.today);
    }
}

#[test]
fn at_least_three_a_customers_lose_money_and_the_second_largest_is_one() {
    for export in exports() {
        let period = export.last_12_months();
        let losing = |number: &str| export.margin(period, |row| row.account == number).is_negative();
        let classes = export.classes();
        let losing_a: Vec<&str> =
            classes.iter().filter(|(number, class)| **class == Class::A && losing(number)).map(|(number, _)| *number).collect();
        assert!((3..=5).contains(&losing_a.len()), "{}: {losing_a:?}", export.today);
        assert!(losing_a.contains(&number_of(Tale::LossMaker)));
        let accounts = export.accounts();
        let giant = accounts[number_of(Tale::LossMaker)];
        let larger: Vec<&str> = accounts.iter().filter(|(_, amount)| **amount > giant).map(|(number, _)| *number).collect();
        assert_eq!(larger, [number_of(Tale::Dependence)], "{}", export.today);
    }
}

#[test]
fn most_accounts_are_c_and_few_are_a() {
    for export in exports() {
        let mut counts = [0; 3];
        export.classes().values().for_each(|class| counts[class.index()] += 1);
        assert!((20..=45).contains(&counts[0]) && counts[2] > counts[1] && counts[1] > counts[0], "{}: {counts:?}", export.today);
    }
}

#[test]
fn the_fast_grower_sells_a_third_to_a_half_more_than_the_year_before() {
    for export in exports() {
        let period = export.last_12_months();
        let growth = export.revenue(period, is(Tale::FastGrower)).share_of(export.revenue(period.before(), is(Tale::FastGrower))) - 1.0;
        assert!((0.3..0.55).contains(&growth), "{}: {growth}", export.today);
    }
}

#[test]
fn the_leaving_account_orders_less_and_less_and_one_group_is_silent_for_eleven_weeks() {
    for export in exports() {
        let of = |first, last| export.revenue(months_ago(export, first, last), is(Tale::Leaving));
        assert!(of(3, 1).share_of(of(15, 13)) < 0.5, "{}", export.today);
        let ages = |belongs: &dyn Fn(&Row) -> bool| -> Vec<i64> {
            let lines = export.rows.iter().filter(|row| is(Tale::Leaving)(row) && !row.is_credit && belongs(row));
            lines.map(|row| (export.today - row.date).num_days()).collect()
        };
        let silent = ages(&|row| row.group == story::SILENT_GROUP);
        assert!((77..=78).contains(silent.iter().min().expect("a line")), "{}", export.today);
        assert!(silent.iter().filter(|age| **age < 77 + 183).count() >= 20, "it had been bought often, {}", export.today);
        let others = ages(&|row| row.group != story::SILENT_GROUP);
        assert!(*others.iter().min().expect("a line") < 30, "{}", export.today);
    }
}

#[test]
fn the_newcomer_came_within_half_a_year_and_the_returner_was_away_for_more_than_one() {
    for export in exports() {
        let days = |tale| export.rows.iter().filter(is_of(tale)).map(|row| row.date).collect::<BTreeSet<_>>();
        let first = *days(Tale::Newcomer).first().expect("a day");
        assert!((100..=185).contains(&(export.today - first).num_days()), "{}: {first}", export.today);
        assert!(export.revenue(export.last_12_months(), is(Tale::Newcomer)) > Amount::from_units(250_000), "{}", export.today);

        let days: Vec<NaiveDate> = days(Tale::Returner).into_iter().collect();
        let longest = days.windows(2).max_by_key(|pair| pair[1] - pair[0]).expect("days");
        assert!((longest[1] - longest[0]).num_days() > 450, "{}: {longest:?}", export.today);
        assert!((export.today - longest[1]).num_days() < 160, "{}: {longest:?}", export.today);
    }
}

fn is_of(tale: Tale) -> impl Fn(&&Row) -> bool {
    let number = number_of(tale);
    move |row| row.account == number
}

#[test]
fn one_account_sends_back_far_more_than_the_others() {
    for export in exports() {
        let rate = |belongs: &dyn Fn(&Row) -> bool| {
            export.documents(|row| belongs(row) && row.is_credit) as f64 / export.documents(|row| belongs(row) && !row.is_credit) as f64
        };
        let (own, others) = (rate(&is(Tale::CreditNotes)), rate(&|row: &Row| !is(Tale::CreditNotes)(row)));
        assert!(own > 0.2 && own > 8.0 * others, "{}: {own} against {others}", export.today);
    }
}

#[test]
fn the_sugar_factory_buys_three_quarters_in_summer() {
    for export in exports() {
        let (from, to) = (months_ago(export, 24, 24).from(), export.last_12_months().to());
        let two_years = Period::new(from, to).expect("a period");
        let summer = export.revenue(two_years, |row| is(Tale::Seasonal)(row) && (6..=9).contains(&row.date.month()));
        let share = summer.share_of(export.revenue(two_years, is(Tale::Seasonal)));
        assert!((0.68..0.82).contains(&share), "{}: {share}", export.today);
    }
}

#[test]
fn nobody_writes_as_many_invoices_as_the_small_orderer_and_they_are_small() {
    for export in exports() {
        let period = export.last_12_months();
        let invoices = |number: &str| export.documents(|row| row.account == number && period.contains(row.date));
        let own = invoices(number_of(Tale::SmallOrders));
        assert!(own > 3 * invoices(number_of(Tale::Dependence)), "{}: {own}", export.today);
        let average = export.revenue(period, is(Tale::SmallOrders)).to_decimal() / rust_decimal::Decimal::from(own);
        assert!(average < rust_decimal::Decimal::from(400), "{}: {average}", export.today);
        assert!(export.margin(period, is(Tale::SmallOrders)).is_positive());
    }
}

#[test]
fn the_opinion_leader_buys_about_the_same_every_month() {
    for export in exports() {
        let mean = export.revenue(months_ago(export, 24, 1), is(Tale::OpinionLeader)).to_decimal() / rust_decimal::Decimal::from(24);
        for age in 1..=24 {
            let month = export.revenue(months_ago(export, age, age), is(Tale::OpinionLeader)).to_decimal();
            let percent = month * rust_decimal::Decimal::from(100) / mean;
            let usual = rust_decimal::Decimal::from(78)..rust_decimal::Decimal::from(122);
            assert!(usual.contains(&percent), "{}: {percent} %, {age} months ago", export.today);
        }
    }
}

#[test]
fn the_team_can_sign_in_and_has_every_role() {
    let mails: BTreeSet<String> = USERS.iter().map(|user| user.mail.parse::<Mail>().expect("a mail address").to_string()).collect();
    assert_eq!(mails.len(), USERS.len());
    assert!(mails.iter().all(|mail| mail.ends_with("@beispiel.example")));
    for (role, count) in [(Role::Administrator, 1), (Role::SalesLead, 2), (Role::Member, 7), (Role::Viewer, 2)] {
        assert_eq!(USERS.iter().filter(|user| user.role == role).count(), count);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("taken");
    fs::write(&file, "").expect("a file");
    assert!(company::write_exports(&file.join("exports"), exports()[0].today).is_err());
}
