//! The accounts of several segments under common numbers.

use std::sync::Arc;

use kontor_domain::period::{Month, Period};

use crate::Error;
use crate::intern::Interner;
use crate::segment::{Codes, Segment};
use crate::vault::{Live, Vault};

/// All accounts of a set of live segments, numbered by source and account number.
pub(super) struct Directory {
    accounts: Vec<(Arc<str>, Arc<str>)>,
    pub(super) parts: Vec<SegmentPart>,
}

/// One live segment.
pub(super) struct SegmentPart {
    pub(super) segment: Arc<Segment>,
    pub(super) codes: Arc<Codes>,
    /// For each code of the segment the number of its account here; the number after the last for “no account”.
    pub(super) ids: Vec<u32>,
    /// The codes in the order of their accounts here.
    by_id: Vec<u32>,
}

impl Directory {
    pub(super) fn new(vault: &Vault, live: &[Live]) -> Result<Directory, Error> {
        // Live segments come sorted by source within each name only, so sources get their numbers first.
        let mut sources: Vec<&str> = live.iter().map(|live| live.source.as_str()).collect();
        sources.sort_unstable();
        sources.dedup();
        let mut numbers: Vec<Interner> = sources.iter().map(|_| Interner::default()).collect();
        let mut parts = Vec::with_capacity(live.len());
        for live in live {
            let segment = vault.segment(&live.id)?;
            let codes = segment.codes()?;
            let source = sources.binary_search(&live.source.as_str()).unwrap_or_default();
            let known = &mut numbers[source];
            let ids = codes.numbers.iter().skip(1).map(|number| known.code(number.unwrap_or_default()));
            let ids = ids.collect::<Result<Vec<u32>, Error>>()?;
            parts.push((source, segment, codes, ids));
        }
        let mut accounts = Vec::new();
        let mut final_ids = Vec::with_capacity(sources.len());
        for (source, numbers) in sources.iter().zip(&numbers) {
            let source: Arc<str> = Arc::from(*source);
            let mut order: Vec<u32> = (0..numbers.len() as u32).collect();
            order.sort_unstable_by_key(|&code| numbers.text(code));
            let mut ids = vec![0; order.len()];
            for code in order {
                ids[code as usize] = accounts.len() as u32;
                accounts.push((source.clone(), Arc::from(numbers.text(code))));
            }
            final_ids.push(ids);
        }
        let nobody = accounts.len() as u32;
        let parts = parts.into_iter().map(|(source, segment, codes, ids)| {
            let ids: Vec<u32> = std::iter::once(nobody).chain(ids.into_iter().map(|id| final_ids[source][id as usize])).collect();
            let mut by_id: Vec<u32> = (0..ids.len() as u32).collect();
            by_id.sort_unstable_by_key(|&code| ids[code as usize]);
            SegmentPart { segment, codes, ids, by_id }
        });
        Ok(Directory { parts: parts.collect(), accounts })
    }

    /// How many accounts; the number of “no account” as well.
    pub(super) fn len(&self) -> usize {
        self.accounts.len()
    }

    /// The same lines as a longer period: where the period begins before the first line or ends after the last, it may as well begin or end with a
    /// whole month, whose sums are at hand.
    pub(super) fn widen(&self, period: Period) -> Period {
        let metas = || self.parts.iter().map(|part| &part.segment.index.meta);
        let (first, last) = (metas().filter_map(|meta| meta.first).min(), metas().filter_map(|meta| meta.last).max());
        let from = match first {
            Some(first) if period.from() <= first => Month::of(period.from()).first_day(),
            _ => period.from(),
        };
        let to = match last {
            Some(last) if last <= period.to() => Month::of(period.to()).last_day(),
            _ => period.to(),
        };
        Period::new(from, to).unwrap_or(period)
    }

    /// Source and number of an account.
    pub(super) fn account(&self, id: usize) -> &(Arc<str>, Arc<str>) {
        &self.accounts[id]
    }

    /// An account by source and number.
    pub(super) fn find(&self, source: &str, number: &str) -> Option<u32> {
        let place = self.accounts.binary_search_by(|(s, n)| (s.as_ref(), n.as_ref()).cmp(&(source, number)));
        place.ok().map(|id| id as u32)
    }
}

impl SegmentPart {
    /// An account's code in the segment, where it has one.
    pub(super) fn code(&self, id: u32) -> Option<u32> {
        let place = self.by_id.binary_search_by_key(&id, |&code| self.ids[code as usize]);
        place.ok().map(|place| self.by_id[place])
    }

    /// The account with this code, checked, as the code comes from a file.
    pub(super) fn id(&self, code: u32) -> Option<u32> {
        self.ids.get(code as usize).copied()
    }
}
