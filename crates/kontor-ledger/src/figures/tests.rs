use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::testing::{Ledger, Line, batch, compared, currency, day, line, naive, period, scope, units};

/// Lines over four months, with three currencies, lines without account, invoice, cost, group or currency.
fn any_line() -> impl Strategy<Value = Line> {
    let optional = |texts: &'static [&'static str]| prop::option::weighted(0.8, select(texts).prop_map(str::to_owned));
    (
        (select(vec!["R1", "R2", "R3", "R4", "R5", "R6", "Ä7", "R10", ""]), 0..110_u64),
        (optional(&["K1", "K2", "K3", "k1", "4711"]), -50_000_i64..900_000, prop::option::of(-5_000_i64..400_000)),
        (optional(&["EUR", "USD", "CHF"]), optional(&["Ventile", "Pumpen", "Öl"]), prop::bool::weighted(0.1)),
    )
        .prop_map(|((invoice, days), (account, net, cost), (currency, group, is_credit))| Line {
            date: day("2025-01-05") + chrono::Days::new(days),
            account,
            net,
            cost,
            currency,
            group,
            is_credit,
            ..line(invoice, 0, "2025-01-01", "", 0)
        })
}

/// Numbers the lines within their invoices, or leaves them without numbers.
fn number(mut lines: Vec<Line>, numbered: bool) -> Vec<Line> {
    for (index, line) in lines.iter_mut().enumerate() {
        line.number = numbered.then_some((index as i64 + 1) * 10_000);
    }
    lines
}

fn any_period() -> impl Strategy<Value = Period> {
    let days = (0..120_u64, 0..120_u64).prop_map(|(x, y)| {
        let at = |days: u64| day("2025-01-01") + chrono::Days::new(days);
        Period::new(at(x.min(y)), at(x.max(y))).expect("in order")
    });
    prop_oneof![
        days,
        Just(period("2025-01-01", "2025-04-30")),
        Just(period("2025-02-01", "2025-02-28")),
        Just(period("2024-01-01", "2026-12-31"))
    ]
}

fn scope_of(period: Period) -> Scope {
    Scope { period, ..scope("2025-01-01", "2025-12-31") }
}

/// Every way of asking gives what adding up the lines gives.
fn check(ledger: &Ledger, lines: &[Line], period: Period) {
    let scope = scope_of(period);
    let figures = ledger.figures(&scope);
    assert_eq!(compared(&figures), naive(lines, &scope));
    for account in &figures.accounts {
        let key = AccountKey { source: account.source.to_string(), number: account.number.to_string() };
        let of_account = ledger.vault.account(&ledger.live, std::slice::from_ref(&key), &scope).expect("an account");
        assert_eq!(of_account.total(), Sums { first: None, last: None, ..account.sums });
        assert_eq!(of_account.groups.iter().map(|group| group.sums.lines).sum::<i64>(), account.sums.lines);
        check_invoices(ledger, lines, &key, period);
    }
}

/// Paging through an account's invoices shows each line once, newest first.
fn check_invoices(ledger: &Ledger, lines: &[Line], key: &AccountKey, period: Period) {
    let mut shown = Vec::new();
    let mut dates = Vec::new();
    loop {
        let paging = Paging { offset: dates.len(), limit: 2 };
        let page = ledger.vault.invoices(&ledger.live, key, period, paging).expect("invoices");
        for invoice in &page.invoices {
            dates.push(invoice.date);
            let code = invoice.currency.map(|currency| currency.to_string());
            let number = invoice.number.clone().unwrap_or_default();
            assert_eq!(invoice.amount, invoice.lines.iter().map(|line| line.net).sum::<Amount>());
            shown.extend(
                invoice.lines.iter().map(|line| (number.clone(), invoice.date, code.clone(), line.net.raw(), line.cost.map(Amount::raw))),
            );
        }
        if !page.has_more {
            break;
        }
        assert_eq!(page.invoices.len(), 2);
    }
    assert!(dates.windows(2).all(|pair| pair[0] >= pair[1]), "newest first");
    let of_account = lines.iter().filter(|line| line.account.as_deref() == Some(key.number.as_str()) && period.contains(line.date));
    let mut expected: Vec<_> =
        of_account.map(|line| (line.invoice.clone(), line.date, line.currency.clone(), line.net, line.cost)).collect();
    shown.sort();
    expected.sort();
    assert_eq!(shown, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn figures_of_any_period_are_the_sums_of_its_lines(
        lines in prop::collection::vec(any_line(), 0..120), numbered: bool, periods in prop::collection::vec(any_period(), 3), run_rows in 5..200_usize,
    ) {
        let lines = number(lines, numbered);
        let mut ledger = Ledger::new();
        ledger.run_rows = run_rows;
        ledger.book("erp", &lines, false);
        for period in periods {
            check(&ledger, &lines, period);
        }
    }

    #[test]
    fn overlapping_imports_in_any_order_give_the_figures_of_one(
        lines in prop::collection::vec(any_line(), 1..60),
        parts in prop::collection::vec(prop::collection::vec(any::<bool>(), 60), 3),
        period in any_period(),
    ) {
        let mut lines = number(lines, true);
        lines.iter_mut().filter(|line| line.invoice.is_empty()).for_each(|line| line.invoice = "R0".into());
        let mut ledger = Ledger::new();
        let mut before = Vec::new();
        let mut booked = vec![false; lines.len()];
        for part in &parts {
            let some: Vec<Line> = lines.iter().zip(part).filter(|(_, is_in)| **is_in).map(|(line, _)| line.clone()).collect();
            before.push((ledger.live.clone(), ledger.figures(&scope_of(period))));
            ledger.book("erp", &some, false);
            booked.iter_mut().zip(part).for_each(|(booked, is_in)| *booked |= is_in);
        }
        let all: Vec<Line> = lines.iter().zip(&booked).filter(|(_, is_in)| **is_in).map(|(line, _)| line.clone()).collect();
        check(&ledger, &all, period);
        // Undoing the imports from the last to the first goes back the same way.
        for (live, figures) in before.into_iter().rev() {
            let id = ledger.live.last().expect("a segment").id.clone();
            ledger.undo(&id);
            prop_assert_eq!(&ledger.live, &live);
            prop_assert_eq!(&*ledger.figures(&scope_of(period)), &*figures);
        }
    }

    #[test]
    fn replacing_changed_lines_gives_the_newest_values_and_undo_the_old_ones(
        lines in prop::collection::vec(any_line(), 1..40),
        changes in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.4, any_line()), 40), 1..4),
        period in any_period(),
    ) {
        let mut current = number(lines, true);
        current.iter_mut().filter(|line| line.invoice.is_empty()).for_each(|line| line.invoice = "R0".into());
        let mut ledger = Ledger::new();
        ledger.book("erp", &current, false);
        let mut states = vec![current.clone()];
        for changes in &changes {
            let mut part = Vec::new();
            for (line, change) in current.iter_mut().zip(changes) {
                if let Some(change) = change {
                    *line = Line { invoice: line.invoice.clone(), number: line.number, ..change.clone() };
                    part.push(line.clone());
                }
            }
            ledger.book("erp", &part, true);
            states.push(current.clone());
        }
        while let Some(state) = states.pop() {
            check(&ledger, &state, period);
            let id = ledger.live.last().expect("a segment").id.clone();
            ledger.undo(&id);
        }
    }

    #[test]
    fn a_whole_invoice_again_is_known_by_the_positions_of_its_lines(
        lines in prop::collection::vec(any_line(), 1..60), days in subsequence((0..110_u64).collect::<Vec<_>>(), 0..110), period in any_period(),
    ) {
        // Exports by day, of lines without number, of which some days come again.
        let lines = number(lines, false).into_iter().map(|line| Line { invoice: format!("{}-{}", line.invoice, line.date), ..line }).collect::<Vec<_>>();
        let again: Vec<Line> = lines.iter().filter(|line| days.iter().any(|&days| line.date == day("2025-01-05") + chrono::Days::new(days))).cloned().collect();
        let mut ledger = Ledger::new();
        ledger.book("erp", &again, false);
        ledger.book("erp", &lines, false);
        let last = ledger.live.last().expect("a segment").id.clone();
        prop_assert_eq!(ledger.vault.meta(&last).expect("a segment").already_booked, again.len() as u64);
        check(&ledger, &lines, period);
    }
}

#[test]
fn an_empty_ledger_has_no_figures_and_no_span() {
    let ledger = Ledger::new();
    assert_eq!(*ledger.figures(&scope("2025-01-01", "2025-12-31")), Figures::default());
    assert_eq!(ledger.vault.span(&[]).expect("a span"), None);
}

#[test]
fn lines_without_account_stand_apart() {
    let mut ledger = Ledger::new();
    let lines = [
        Line { group: Some("Ventile".into()), ..line("R1", 1, "2025-01-10", "", 100) },
        Line { group: Some("Pumpen".into()), ..line("R2", 1, "2025-01-11", "K1", 30) },
    ];
    ledger.book("erp", &lines, false);
    let figures = ledger.figures(&scope("2025-01-01", "2025-01-31"));
    assert_eq!((figures.accounts.len(), figures.total.revenue, figures.unassigned.revenue), (1, units(30), units(100)));
    assert_eq!((figures.unassigned.invoices, figures.unassigned.lines), (1, 1));
    assert_eq!(figures.groups.iter().map(|group| group.group.as_deref()).collect::<Vec<_>>(), [Some("Pumpen")]);
    assert_eq!((figures.months.len(), figures.months[0].sums.revenue), (1, units(30)));
}

#[test]
fn amounts_without_a_rate_are_unknown_and_told_apart() {
    let mut ledger = Ledger::new();
    let usd = |date: &str, net: i64| Line { currency: Some("USD".into()), ..line(&format!("U{date}"), 1, date, "K1", net) };
    let lines = [
        line("R1", 1, "2025-01-10", "K1", 100),
        usd("2025-01-20", 1000),
        usd("2025-02-20", 10),
        usd("2025-03-20", 10),
        Line { currency: Some("CHF".into()), ..line("F1", 1, "2025-03-10", "K2", 7) },
    ];
    ledger.book("erp", &lines, false);
    let figures = ledger.figures(&scope("2025-01-01", "2025-12-31"));
    let raw = |text: &str| text.parse::<Amount>().expect("an amount");
    assert_eq!(figures.accounts[0].sums.revenue, raw("118.137"), "100 + 10 × 0.9337 + 10 × 0.88");
    assert_eq!(
        figures.accounts[1].sums,
        Sums { lines: 1, invoices: 1, first: Some(day("2025-03-10")), last: Some(day("2025-03-10")), ..Sums::default() }
    );
    assert_eq!(
        figures.unconverted,
        [
            Unconverted { currency: currency("CHF"), amount: units(7), lines: 1 },
            Unconverted { currency: currency("USD"), amount: units(1000), lines: 1 }
        ]
    );
    let in_dollars = Scope { currency: currency("USD"), rates: Vec::new(), ..scope("2025-01-01", "2025-12-31") };
    assert_eq!(ledger.figures(&in_dollars).total.revenue, units(1120), "a line without currency is in that of the house");
}

#[test]
fn the_margin_is_that_of_lines_whose_cost_is_known() {
    let mut ledger = Ledger::new();
    let with_cost = Line { cost: Some(600_000), ..line("R1", 1, "2025-01-10", "K1", 100) };
    ledger.book("erp", &[with_cost, line("R1", 2, "2025-01-10", "K1", 300), line("R2", 1, "2025-01-10", "K2", 5)], false);
    let figures = ledger.figures(&scope("2025-01-01", "2025-12-31"));
    assert_eq!((figures.accounts[0].sums.margin(), figures.accounts[0].sums.margin_known_share()), (Some(units(40)), 0.25));
    assert_eq!(figures.accounts[1].sums.margin(), None);
}

#[test]
fn accounts_of_different_sources_are_different_accounts() {
    let mut ledger = Ledger::new();
    ledger.book("north", &[line("R1", 1, "2025-01-10", "K1", 100)], false);
    ledger.book("south", &[line("R1", 1, "2025-01-10", "K1", 7)], false);
    let figures = ledger.figures(&scope("2025-01-01", "2025-12-31"));
    let accounts: Vec<_> = figures.accounts.iter().map(|account| (&*account.source, &*account.number, account.sums.revenue)).collect();
    assert_eq!(accounts, [("north", "K1", units(100)), ("south", "K1", units(7))]);
    let keys =
        |sources: &[&str]| sources.iter().map(|source| AccountKey { source: (*source).into(), number: "K1".into() }).collect::<Vec<_>>();
    let of = |sources: &[&str]| {
        ledger.vault.account(&ledger.live, &keys(sources), &scope("2025-01-05", "2025-12-31")).expect("figures").total().revenue
    };
    assert_eq!((of(&["south"]), of(&["south", "north", "south"]), of(&["west"])), (units(7), units(107), units(0)));
}

#[test]
fn the_span_forgets_a_day_whose_only_line_was_replaced() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &[line("R1", 1, "2025-01-10", "K1", 1), line("R2", 1, "2062-01-11", "K1", 2)], false);
    assert_eq!(ledger.vault.span(&ledger.live).expect("a span"), Some(period("2025-01-10", "2062-01-11")));
    ledger.book("erp", &[line("R2", 1, "2025-01-12", "K1", 2)], true);
    assert_eq!(ledger.vault.span(&ledger.live).expect("a span"), Some(period("2025-01-10", "2025-01-12")));
}

#[test]
fn figures_asked_for_again_are_the_same_value() {
    let mut ledger = Ledger::new();
    ledger.book("erp", &[line("R1", 1, "2025-01-10", "K1", 1)], false);
    ledger.book("erp", &[line("R2", 1, "2025-01-10", "K1", 1)], false);
    let scope = scope("2025-01-01", "2025-01-31");
    let first = ledger.figures(&scope);
    ledger.live.reverse();
    assert!(Arc::ptr_eq(&first, &ledger.figures(&scope)));
    ledger.live.pop();
    assert_eq!(ledger.figures(&scope).total.revenue, units(1));
}

#[test]
fn a_sum_too_large_for_an_amount_is_an_error() {
    let mut ledger = Ledger::new();
    let huge = |invoice: &str, account: &str| Line { net: i64::MAX - 5, ..line(invoice, 1, "2025-01-10", account, 0) };
    assert!(matches!(ledger.prepare("erp", &[huge("R1", "K1"), huge("R2", "K1")], false), Err(Error::Overflow)));
    ledger.book("erp", &[huge("R1", "K1")], false);
    ledger.book("erp", &[huge("R2", "K1")], false);
    assert!(matches!(ledger.vault.figures(&ledger.live, &scope("2025-01-01", "2025-01-31")), Err(Error::Overflow)));
}

#[test]
fn the_invoices_of_a_busy_account_are_read_from_the_newest_back() {
    let mut ledger = Ledger::new();
    let of_day =
        |n: u64| Line { date: day("2020-01-01") + chrono::Days::new(n / 4), ..line(&format!("R{n:05}"), 1, "2020-01-01", "K1", n as i64) };
    let lines: Vec<Line> = (0..6000).map(of_day).collect();
    ledger.book("erp", &lines, false);
    let key = AccountKey { source: "erp".into(), number: "K1".into() };
    let numbers = |period: Period, offset: usize| {
        let page = ledger.vault.invoices(&ledger.live, &key, period, Paging { offset, limit: 3 }).expect("invoices");
        (page.invoices.into_iter().filter_map(|invoice| invoice.number).collect::<Vec<_>>(), page.has_more)
    };
    let all = period("2000-01-01", "2030-01-01");
    assert_eq!(numbers(all, 0), (vec!["R05999".into(), "R05998".into(), "R05997".into()], true));
    assert_eq!(numbers(all, 5998), (vec!["R00001".into(), "R00000".into()], false));
    assert_eq!(numbers(all, 9000), (vec![], false));
    assert_eq!(numbers(period("2020-01-02", "2020-01-02"), 2), (vec!["R00005".into(), "R00004".into()], false));
    let unknown = AccountKey { source: "erp".into(), number: "K2".into() };
    assert_eq!(ledger.vault.invoices(&ledger.live, &unknown, all, Paging { offset: 0, limit: 3 }).expect("none"), InvoicePage::default());
}

#[test]
fn a_batch_without_lines_changes_nothing() {
    let ledger = Ledger::new();
    let mut draft = ledger.draft();
    let mut sinks = draft.sinks(1).expect("sinks");
    crate::line::Sink::take(&mut sinks[0], batch(&[], 0)).expect("taken");
    let prepared = draft.finish(sinks, &[], false, &|_, _| std::ops::ControlFlow::Continue(())).expect("prepared");
    assert_eq!(*prepared.meta(), crate::segment::SegmentMeta::default());
}
