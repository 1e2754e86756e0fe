use std::ops::ControlFlow;

use kontor_domain::settings::Currency;

use super::*;
use crate::figures::{AccountKey, Paging};
use crate::line::Sink;
use crate::segment::CurrencySum;
use crate::testing::{Ledger, Line, batch, compared, currency, day, line, naive, period, scope, units};

fn january() -> Vec<Line> {
    vec![
        line("R1", 1, "2025-01-10", "K1", 100),
        line("R1", 2, "2025-01-10", "K1", 50),
        line("R2", 1, "2025-01-20", "K2", 30),
        line("R3", 1, "2025-01-31", "", 7),
    ]
}

fn figures_equal(ledger: &Ledger, lines: &[Line]) {
    let scope = scope("2025-01-01", "2025-12-31");
    assert_eq!(compared(&ledger.figures(&scope)), naive(lines, &scope));
}

#[test]
fn a_segment_says_what_it_holds() {
    let ledger = Ledger::new();
    let mut lines = january();
    lines.push(Line { currency: Some("$".into()), ..line("R4", 1, "2025-02-01", "K2", 9) });
    let prepared = ledger.prepare("erp", &lines, false).expect("prepared");
    let sum = |currency: Option<Currency>, amount: i64, lines: i64| CurrencySum { currency, amount: units(amount), lines };
    let expected = SegmentMeta {
        rows: 5,
        new_lines: 5,
        without_account: 1,
        accounts: 2,
        first: Some(day("2025-01-10")),
        last: Some(day("2025-02-01")),
        revenue: vec![sum(None, 187, 4), sum(Some(currency("USD")), 9, 1)],
        ..SegmentMeta::default()
    };
    assert_eq!(*prepared.meta(), expected);
    assert_eq!(prepared.findings(), []);
    let id = prepared.publish().expect("published").id().to_owned();
    assert_eq!(ledger.vault.meta(&id).expect("a segment"), expected);
}

#[test]
fn accounts_are_told_as_they_were_seen_last() {
    let mut ledger = Ledger::new();
    let named = |invoice: &str, date: &str, account: &str, name: Option<&str>| Line {
        name: name.map(str::to_owned),
        ..line(invoice, 1, date, account, 1)
    };
    let lines = [
        named("R1", "2025-03-01", "K2", Some("Zweite GmbH")),
        named("R2", "2025-01-01", "K2", Some("Alt GmbH")),
        named("R3", "2025-04-01", "K2", None),
        named("R4", "2025-01-01", "K1", None),
        named("R5", "2025-05-01", "", Some("niemand")),
    ];
    ledger.book("erp", &lines, false);
    // Nothing is new the second time, and the accounts are told all the same.
    let prepared = ledger.prepare("erp", &lines, false).expect("prepared");
    let mut accounts: Vec<AccountRow> = prepared.accounts().expect("accounts").collect::<Result<_, _>>().expect("accounts");
    accounts.sort_by(|x, y| x.number.cmp(&y.number));
    let account =
        |number: &str, name: Option<&str>| AccountRow { number: number.into(), name: name.map(str::to_owned), ..AccountRow::default() };
    assert_eq!(accounts, [account("K1", None), account("K2", Some("Zweite GmbH"))]);
}

#[test]
fn the_same_file_twice_is_booked_once() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &january(), false);
    let prepared = ledger.prepare("erp", &january(), false).expect("prepared");
    let meta = prepared.meta();
    assert_eq!((meta.rows, meta.new_lines, meta.already_booked, meta.changed), (4, 0, 4, 0));
    assert_eq!((meta.first, meta.accounts, meta.revenue.len(), meta.builds_on.len()), (None, 0, 0, 0));
    assert_eq!(prepared.findings().len(), 1);
    assert_eq!(prepared.findings()[0].message, "4 lines are in the ledger already, unchanged; they are not booked again");
    drop(prepared);
    ledger.book("erp", &january(), false);
    figures_equal(&ledger, &january());
}

#[test]
fn the_same_file_of_another_source_is_booked_again() {
    let mut ledger = Ledger::new();
    ledger.book("north", &january(), false);
    let prepared = ledger.prepare("south", &january(), false).expect("prepared");
    assert_eq!((prepared.meta().new_lines, prepared.meta().already_booked), (4, 0));
}

#[test]
fn a_changed_line_is_reported_and_the_old_one_stands() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &january(), false);
    let mut changed = january();
    changed[1].net += 1;
    changed.push(line("R9", 1, "2025-02-01", "K1", 1));
    let prepared = ledger.prepare("erp", &changed, false).expect("prepared");
    let meta = prepared.meta();
    assert_eq!((meta.new_lines, meta.already_booked, meta.changed, meta.replaced), (1, 3, 1, 0));
    let finding = &prepared.findings()[1];
    assert_eq!((finding.kind, finding.value.as_deref()), (Kind::ChangedLines, Some("R1 / 2")));
    assert!(
        finding.message.starts_with("line 2 of invoice R1 is in the ledger with other values; the old one stands"),
        "{}",
        finding.message
    );
}

#[test]
fn a_replaced_line_counts_with_its_new_values_until_undo() {
    let mut ledger = Ledger::new();
    let old = ledger.book("erp", &january(), false);
    let mut changed = january();
    changed[0] = Line { cost: Some(10_000), ..line("R1", 1, "2025-02-03", "K3", 70) };
    let prepared = ledger.prepare("erp", &changed, true).expect("prepared");
    let meta = prepared.meta().clone();
    assert_eq!((meta.new_lines, meta.already_booked, meta.changed, meta.replaced), (1, 3, 1, 1));
    assert_eq!(meta.revenue, [CurrencySum { currency: None, amount: units(-30), lines: 0 }]);
    assert_eq!(meta.builds_on, [old.as_str()]);
    drop(prepared);
    let new = ledger.book("erp", &changed, true);
    figures_equal(&ledger, &changed);
    // The old value again is a change back.
    ledger.book("erp", &january(), true);
    figures_equal(&ledger, &january());
    let last = ledger.live.last().expect("a segment").id.clone();
    assert_eq!(ledger.vault.meta(&last).expect("a segment").builds_on.len(), 2);
    ledger.undo(&last);
    figures_equal(&ledger, &changed);
    ledger.undo(&new);
    figures_equal(&ledger, &january());
}

#[test]
fn a_replaced_line_is_shown_with_its_newest_values_only() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &january(), false);
    let mut changed = january();
    for net in [11, 12] {
        changed[1].net = net * 10_000;
        changed[1].article = Some(format!("A{net}"));
        ledger.book("erp", &changed, true);
    }
    let key = AccountKey { source: "erp".into(), number: "K1".into() };
    let page =
        ledger.vault.invoices(&ledger.live, &key, period("2025-01-01", "2025-12-31"), Paging { offset: 0, limit: 9 }).expect("invoices");
    assert_eq!((page.invoices.len(), page.invoices[0].amount), (1, units(112)));
    let lines: Vec<_> = page.invoices[0].lines.iter().map(|line| (line.number, line.net, line.article_number.as_deref())).collect();
    assert_eq!(lines, [(Some(units(1)), units(100), None), (Some(units(2)), units(12), Some("A12"))]);
}

#[test]
fn a_new_name_or_status_changes_no_line() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &january(), false);
    let renamed: Vec<Line> = january().into_iter().map(|line| Line { name: Some("Neu AG".into()), ..line }).collect();
    assert_eq!(ledger.prepare("erp", &renamed, false).expect("prepared").meta().already_booked, 4);
}

#[test]
fn the_same_line_twice_in_one_file_is_two_lines_and_stays_two() {
    let mut ledger = Ledger::new();
    let twice = vec![january()[0].clone(), january()[0].clone()];
    ledger.book("erp", &twice, false);
    figures_equal(&ledger, &twice);
    assert_eq!(ledger.prepare("erp", &twice, false).expect("prepared").meta().already_booked, 2);
    let thrice = [twice.clone(), vec![january()[0].clone()]].concat();
    assert_eq!(ledger.prepare("erp", &thrice, false).expect("prepared").meta().new_lines, 1);
}

#[test]
fn lines_without_number_are_known_by_their_position() {
    let mut ledger = Ledger::new();
    let plain = |invoice: &str, date: &str, net: i64| Line { number: None, ..line(invoice, 1, date, "K1", net) };
    let day_one = vec![plain("", "2025-01-10", 5), plain("", "2025-01-10", 5), plain("", "2025-01-11", 6)];
    ledger.book("shop", &day_one, false);
    let longer = [day_one.clone(), vec![plain("", "2025-01-11", 8), plain("", "2025-01-12", 9)]].concat();
    let id = ledger.book("shop", &longer, false);
    let meta = ledger.vault.meta(&id).expect("a segment");
    assert_eq!((meta.new_lines, meta.already_booked, meta.changed), (2, 3, 0));
    figures_equal(&ledger, &longer);
    let mut changed = longer.clone();
    changed[1].net = 10_000;
    let prepared = ledger.prepare("shop", &changed, false).expect("prepared");
    assert_eq!(prepared.findings()[1].value.as_deref(), Some("account K1 on 2025-01-10 / 2"));
}

#[test]
fn an_export_that_gains_or_loses_line_numbers_is_not_booked_again() {
    let with = |numbers: [Option<i64>; 3]| -> Vec<Line> {
        let lines = numbers.into_iter().enumerate();
        lines.map(|(n, number)| Line { number, ..line("R1", 1, "2025-01-10", "K1", n as i64) }).collect()
    };
    let (numbered, plain) = (with([Some(100_000), Some(200_000), Some(300_000)]), with([None; 3]));
    for (first, mut second) in [(&numbered, plain.clone()), (&plain, numbered.clone())] {
        let mut ledger = Ledger::new();
        ledger.book("erp", first, false);
        let prepared = ledger.prepare("erp", &second, false).expect("prepared");
        assert_eq!((prepared.meta().already_booked, prepared.meta().new_lines), (3, 0));
        drop(prepared);
        second[2].net = 990_000;
        second.push(Line { number: second[2].number.map(|number| number + 1), ..second[2].clone() });
        let id = ledger.book("erp", &second, true);
        let meta = ledger.vault.meta(&id).expect("a segment");
        assert_eq!((meta.already_booked, meta.replaced, meta.new_lines), (2, 1, 2));
        figures_equal(&ledger, &second);
    }
}

#[test]
fn an_invoice_continued_later_counts_once() {
    let mut ledger = Ledger::new();
    let first = ledger.book("erp", &january()[..1], false);
    let second = ledger.book("erp", &january(), false);
    assert_eq!(ledger.vault.meta(&second).expect("a segment").builds_on, [first]);
    let figures = ledger.figures(&scope("2025-01-01", "2025-01-31"));
    assert_eq!((figures.accounts[0].sums.invoices, figures.accounts[0].sums.lines), (1, 2));
}

#[test]
fn an_import_far_from_all_others_builds_on_none() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &january(), false);
    let id = ledger.book("erp", &[line("S1", 1, "2025-01-10", "K1", 1)], false);
    assert_eq!(ledger.vault.meta(&id).expect("a segment").builds_on, Vec::<String>::new());
}

#[test]
fn keys_of_many_pages_are_found_again() {
    let mut ledger = Ledger::new();
    let lines: Vec<Line> = (0..30_000).map(|n| line(&format!("R{:05}", n / 3), n % 3, "2025-01-10", "K1", 1)).collect();
    ledger.book("erp", &lines, false);
    let mut some: Vec<Line> = lines.iter().step_by(701).cloned().collect();
    some.push(line("R05000", 7, "2025-01-10", "K1", 1));
    some.push(line("Q", 1, "2025-01-10", "K1", 1));
    some.push(line("Z", 1, "2025-01-10", "K1", 1));
    let prepared = ledger.prepare("erp", &some, false).expect("prepared");
    assert_eq!((prepared.meta().already_booked, prepared.meta().new_lines), (43, 3));
    let all = ledger.prepare("erp", &lines, false).expect("prepared");
    assert_eq!(all.meta().already_booked, 30_000);
}

#[test]
fn lines_of_a_busy_account_are_replaced_and_summed_by_their_days() {
    let mut ledger = Ledger::new();
    let date = |n: i64| day("2025-01-05") + chrono::Days::new(n as u64 / 300);
    let mut lines: Vec<Line> = (0..30_000).map(|n| Line { date: date(n), ..line(&format!("R{n:05}"), 1, "2025-01-01", "K1", n) }).collect();
    ledger.book("erp", &lines, false);
    let changed: Vec<Line> = [4_000, 4_001, 29_999].map(|n| Line { net: 1, ..lines[n].clone() }).to_vec();
    for line in &changed {
        let place = line.invoice[1..].parse::<usize>().expect("a number");
        lines[place] = line.clone();
    }
    ledger.book("erp", &changed, true);
    figures_equal(&ledger, &lines);
    let cut = scope("2025-01-07", "2025-02-14");
    let key = AccountKey { source: "erp".into(), number: "K1".into() };
    let of_account = ledger.vault.account(&ledger.live, &[key], &cut).expect("figures").total();
    assert_eq!(of_account, crate::sums::Sums { first: None, last: None, ..naive(&lines, &cut).accounts["K1"] });
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let ledger = Ledger::new();
    for stop_at in [1, 2] {
        let mut draft = ledger.draft();
        let mut sinks = draft.sinks(1).expect("sinks");
        sinks[0].take(batch(&january(), 0)).expect("taken");
        let calls = std::sync::atomic::AtomicU32::new(0);
        let progress = |_: u64, total: u64| {
            assert_eq!(total, 8);
            let call = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            if call == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert!(matches!(draft.finish(sinks, &[], false, &progress), Err(Error::Cancelled)));
        assert_eq!(ledger.segments(), Vec::<String>::new());
    }
}

#[test]
fn what_is_no_currency_is_refused() {
    let ledger = Ledger::new();
    let strange = Line { currency: Some("Taler".into()), ..january()[0].clone() };
    let error = ledger.prepare("erp", &[strange], false).err().expect("an error");
    assert!(error.to_string().contains("not a currency: “Taler”"), "{error}");
    assert_eq!(ledger.segments(), Vec::<String>::new());
}

#[test]
fn two_drafts_at_a_time_do_not_mix() {
    let mut ledger = Ledger::new();
    let (mut one, mut two) = (ledger.draft(), ledger.draft());
    let (mut sinks_one, mut sinks_two) = (one.sinks(1).expect("sinks"), two.sinks(1).expect("sinks"));
    for (index, line) in january().iter().enumerate() {
        let sinks = if index % 2 == 0 { &mut sinks_one } else { &mut sinks_two };
        sinks[0].take(batch(std::slice::from_ref(line), index as u64)).expect("taken");
    }
    for (draft, sinks) in [(one, sinks_one), (two, sinks_two)] {
        let _guard = ledger.vault.lock_booking().expect("the lock");
        let prepared = draft.finish(sinks, &ledger.live, false, &|_, _| ControlFlow::Continue(())).expect("prepared");
        let id = prepared.publish().expect("published").id().to_owned();
        ledger.live.push(Live { id, source: "erp".into() });
    }
    figures_equal(&ledger, &january());
}
