//! Lines for tests, a ledger to book them in, and the same figures computed the plain way.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{Date32Array, Int64Array, StringArray};
use chrono::NaiveDate;
use kontor_domain::amount::Amount;
use kontor_domain::period::{Month, Period};
use kontor_domain::settings::{Currency, Rate, rate_of};

use crate::Error;
use crate::book::{Draft, Prepared};
use crate::figures::{Figures, Scope, Unconverted};
use crate::line::{InvoiceRun, Lines, Sink, TextColumn};
use crate::sort::Limits;
use crate::sums::Sums;
use crate::vault::{Live, Vault};

/// A line as tests write it. Amounts are in ten-thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) invoice: String,
    pub(crate) number: Option<i64>,
    pub(crate) date: NaiveDate,
    pub(crate) account: Option<String>,
    pub(crate) net: i64,
    pub(crate) cost: Option<i64>,
    pub(crate) quantity: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) article: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) is_credit: bool,
}

/// A line with an account, an amount and nothing else.
pub(crate) fn line(invoice: &str, number: i64, date: &str, account: &str, net: i64) -> Line {
    Line {
        invoice: invoice.to_owned(),
        number: Some(number * 10_000),
        date: day(date),
        account: (!account.is_empty()).then(|| account.to_owned()),
        net: net * 10_000,
        cost: None,
        quantity: None,
        currency: None,
        group: None,
        article: None,
        name: None,
        is_credit: false,
    }
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub(crate) fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).expect("a period")
}

pub(crate) fn currency(code: &str) -> Currency {
    code.parse().expect("a currency")
}

pub(crate) fn units(units: i64) -> Amount {
    Amount::from_units(units)
}

/// Euro, a rate for dollars from February 2025 on, none for francs.
pub(crate) fn scope(from: &str, to: &str) -> Scope {
    let rate = |from: &str, rate: &str| Rate { from: day(from), currency: currency("USD"), rate: rate.parse().expect("a rate") };
    Scope { period: period(from, to), currency: Currency::EUR, rates: vec![rate("2025-02-03", "0.9337"), rate("2025-03-31", "0.88")] }
}

/// A batch as a reader gives it.
pub(crate) fn batch(lines: &[Line], first_order: u64) -> Lines {
    fn texts(lines: &[Line], of: impl Fn(&Line) -> Option<&str>) -> Option<TextColumn> {
        lines.iter().any(|line| of(line).is_some()).then(|| lines.iter().map(of).collect())
    }
    fn numbers(lines: &[Line], of: impl Fn(&Line) -> Option<i64>) -> Option<Int64Array> {
        lines.iter().any(|line| of(line).is_some()).then(|| lines.iter().map(of).collect())
    }
    Lines {
        order: (0..lines.len() as u64).map(|row| first_order + row * 10).collect(),
        runs: lines.iter().enumerate().map(|(row, line)| InvoiceRun::new(row, &line.invoice)).collect(),
        invoice: Some(StringArray::from_iter_values(lines.iter().map(|line| &line.invoice))),
        line_number: numbers(lines, |line| line.number),
        date: Date32Array::from_iter_values(lines.iter().map(|line| line.date.to_epoch_days())),
        account: lines.iter().map(|line| line.account.as_deref()).collect(),
        net: Int64Array::from_iter_values(lines.iter().map(|line| line.net)),
        cost: numbers(lines, |line| line.cost),
        quantity: numbers(lines, |line| line.quantity),
        currency: texts(lines, |line| line.currency.as_deref()),
        account_name: texts(lines, |line| line.name.as_deref()),
        country: None,
        postal_code: None,
        city: None,
        industry: None,
        article_number: texts(lines, |line| line.article.as_deref()),
        article_name: None,
        product_group: texts(lines, |line| line.group.as_deref()),
        status: None,
        is_credit: lines.iter().map(|line| line.is_credit).collect(),
    }
}

/// A vault, mostly in a temporary folder, and what is live in it.
pub(crate) struct Ledger {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) vault: Vault,
    pub(crate) live: Vec<Live>,
    /// Rows of a sorter's run.
    pub(crate) run_rows: usize,
}

impl Ledger {
    pub(crate) fn new() -> Ledger {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let vault = Vault::open(folder.path()).expect("a vault");
        Ledger { vault, folder, live: Vec::new(), run_rows: 1000 }
    }

    /// The ledger in a folder that stays.
    pub(crate) fn at(folder: &Path) -> Ledger {
        Ledger { vault: Vault::open(folder).expect("a vault"), ..Ledger::new() }
    }

    /// The names of all folders of segments, finished or not.
    pub(crate) fn segments(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path().join("segments")).expect("readable");
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name")).collect()
    }

    pub(crate) fn draft(&self) -> Draft {
        let limits = Limits { rows: self.run_rows, bytes: usize::MAX };
        self.vault.begin().expect("a draft").with_limits(limits)
    }

    /// Everything of an import but the publishing. The lines come in batches of seven, dealt out to two sinks.
    pub(crate) fn prepare(&self, source: &str, lines: &[Line], replace_changed: bool) -> Result<Prepared, Error> {
        let mut draft = self.draft();
        let mut sinks = draft.sinks(2)?;
        for (index, lines) in lines.chunks(7).enumerate() {
            sinks[index % 2].take(batch(lines, index as u64 * 1000))?;
        }
        let live: Vec<Live> = self.live.iter().filter(|live| live.source == source).cloned().collect();
        draft.finish(sinks, &live, replace_changed, &|_, _| ControlFlow::Continue(()))
    }

    /// Books an import and gives the segment's name.
    pub(crate) fn book(&mut self, source: &str, lines: &[Line], replace_changed: bool) -> String {
        let prepared = self.prepare(source, lines, replace_changed).expect("prepared");
        let published = prepared.publish().expect("published");
        let id = published.id().to_owned();
        self.live.push(Live { id: id.clone(), source: source.to_owned() });
        id
    }

    pub(crate) fn undo(&mut self, id: &str) {
        self.live.retain(|live| live.id != id);
        self.vault.remove(id).expect("removed");
    }

    pub(crate) fn figures(&self, scope: &Scope) -> Arc<Figures> {
        self.vault.figures(&self.live, scope).expect("figures")
    }
}

/// What [`Figures`] say, computed line by line.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Naive {
    pub(crate) accounts: BTreeMap<String, Sums>,
    pub(crate) unassigned: Sums,
    pub(crate) unconverted: Vec<Unconverted>,
}

/// The figures of one source's lines.
pub(crate) fn naive(lines: &[Line], scope: &Scope) -> Naive {
    let mut first_days: BTreeMap<(&str, &str), NaiveDate> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.invoice.is_empty()) {
        let first = first_days.entry((line.account.as_deref().unwrap_or_default(), &line.invoice)).or_insert(line.date);
        *first = line.date.min(*first);
    }
    let mut accounts: BTreeMap<String, Sums> = BTreeMap::new();
    let mut amounts: BTreeMap<(String, Month, Currency), [i64; 4]> = BTreeMap::new();
    for line in lines.iter().filter(|line| scope.period.contains(line.date)) {
        let number = line.account.clone().unwrap_or_default();
        let sums = accounts.entry(number.clone()).or_default();
        sums.lines += 1;
        sums.credit_lines += i64::from(line.is_credit);
        sums.first = sums.first.into_iter().chain([line.date]).min();
        sums.last = sums.last.into_iter().chain([line.date]).max();
        let code = line.currency.as_deref().map_or(scope.currency, currency);
        let [net, cost, known, count] = amounts.entry((number, Month::of(line.date), code)).or_default();
        *net += line.net;
        *cost += line.cost.unwrap_or(0);
        *known += if line.cost.is_some() { line.net } else { 0 };
        *count += 1;
    }
    for ((account, _), day) in &first_days {
        if scope.period.contains(*day) {
            accounts.entry((*account).to_owned()).or_default().invoices += 1;
        }
    }
    let mut unconverted: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    for ((number, month, currency), [net, cost, known, count]) in amounts {
        let rate = if currency == scope.currency { Some(units(1)) } else { rate_of(&scope.rates, currency, month) };
        let Some(rate) = rate else {
            let rest = unconverted.entry(currency).or_default();
            *rest = (rest.0 + net, rest.1 + count);
            continue;
        };
        let sums = accounts.entry(number).or_default();
        let times = |raw: i64| Amount::from_raw(raw).times(rate).expect("fits");
        sums.revenue += times(net);
        sums.cost += times(cost);
        sums.known_revenue += times(known);
    }
    let unassigned = accounts.remove("").unwrap_or_default();
    let unconverted = unconverted
        .into_iter()
        .map(|(currency, (amount, lines))| Unconverted { currency, amount: Amount::from_raw(amount), lines })
        .collect();
    Naive { accounts, unassigned, unconverted }
}

/// The figures in the form of [`naive`], after a look at what must hold of all figures.
pub(crate) fn compared(figures: &Figures) -> Naive {
    let accounts: BTreeMap<String, Sums> = figures.accounts.iter().map(|account| (account.number.to_string(), account.sums)).collect();
    let keys: BTreeSet<_> = figures.accounts.iter().map(|account| (&account.source, &account.number)).collect();
    assert_eq!(keys.len(), figures.accounts.len(), "no account twice");
    let of_accounts = |of: fn(&Sums) -> Amount| figures.accounts.iter().map(|account| of(&account.sums)).sum::<Amount>();
    let of_months = |of: fn(&Sums) -> Amount| figures.months.iter().map(|month| of(&month.sums)).sum::<Amount>();
    for of in [|sums: &Sums| sums.revenue, |sums: &Sums| sums.cost, |sums: &Sums| sums.known_revenue] {
        assert_eq!(of(&figures.total), of_accounts(of), "the total is the sum of accounts");
        assert_eq!(of(&figures.total), of_months(of), "the total is the sum of months");
    }
    let invoices =
        |sums: &mut dyn Iterator<Item = &Sums>| sums.map(|sums| (sums.lines, sums.invoices)).fold((0, 0), |x, y| (x.0 + y.0, x.1 + y.1));
    assert_eq!(invoices(&mut figures.months.iter().map(|month| &month.sums)), (figures.total.lines, figures.total.invoices));
    let lines_of_groups: i64 = figures.groups.iter().map(|group| group.sums.lines).sum();
    assert_eq!(lines_of_groups, figures.total.lines, "every line is in one group");
    Naive { accounts, unassigned: figures.unassigned, unconverted: figures.unconverted.clone() }
}
