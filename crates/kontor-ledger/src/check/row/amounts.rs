//! The numbers of one row.

use kontor_domain::Amount;

use super::{Cells, Checker, Rejected};
use crate::column::Role;
use crate::finding::Kind;
use crate::read::value::{self, Number, Side};

/// The amounts of a line.
pub struct Amounts {
    pub net: Amount,
    pub cost: Option<Amount>,
    pub quantity: Option<Amount>,
}

impl Amounts {
    fn reversed(self) -> Amounts {
        Amounts { net: -self.net, cost: self.cost.map(|cost| -cost), quantity: self.quantity.map(|quantity| -quantity) }
    }
}

impl<'a> Checker<'a> {
    fn number(&mut self, cells: &impl Cells, role: Role) -> Result<Option<Number>, Box<Rejected>> {
        let Some(column) = self.column(role) else { return Ok(None) };
        cells.number(column).map_err(|text| {
            if value::parse_number(&text, self.file.decimals[column].other()).is_some() {
                let message = format!(
                    "the decimal separator contradicts the column, whose numbers look like {}",
                    self.file.decimals[column].example()
                );
                self.stop_at(Kind::ContradictoryDecimals, role, &text, &message);
            }
            Rejected::new(Kind::BadNumber, role, text, "the number cannot be read".to_owned())
        })
    }

    pub(super) fn line_number(&mut self, cells: &impl Cells) -> Result<Option<i64>, Box<Rejected>> {
        Ok(self.number(cells, Role::LineNumber)?.and_then(Number::to_amount).map(Amount::raw))
    }

    pub(super) fn amounts(&mut self, cells: &impl Cells) -> Result<Amounts, Box<Rejected>> {
        let quantity = self.number(cells, Role::Quantity)?;
        let price = self.number(cells, Role::UnitPrice)?;
        let discount = self.number(cells, Role::DiscountPercent)?.unwrap_or(Number { mantissa: 0, scale: 0 });
        if discount.exceeds(if self.file.is_discount_fraction { 1 } else { 100 }) {
            let message = "a discount of more than the whole price".to_owned();
            let column = self.column(Role::DiscountPercent);
            let text = column.map(|column| cells.text(column).into_owned()).unwrap_or_default();
            return Err(Rejected::new(Kind::BadNumber, Role::DiscountPercent, text, message));
        }
        let printed = self.number(cells, Role::NetAmount)?;
        let too_large = |role| Rejected::new(Kind::BadNumber, role, String::new(), "the amount is too large".to_owned());
        let product = match (quantity, price) {
            (Some(quantity), Some(price)) => Some(
                Number::discounted(quantity, price, discount, self.file.is_discount_fraction).ok_or_else(|| too_large(Role::UnitPrice))?,
            ),
            _ => None,
        };
        let net = match (printed, product) {
            (Some(printed), Some(_)) if self.context.is_per_unit => {
                self.per_unit(printed, quantity).ok_or_else(|| too_large(Role::NetAmount))?
            }
            (Some(printed), None) if self.context.is_per_unit => {
                self.per_unit(printed, quantity).ok_or_else(|| too_large(Role::NetAmount))?
            }
            (Some(printed), product) => {
                let net = printed.to_amount().ok_or_else(|| too_large(Role::NetAmount))?;
                self.exact(net, printed.scale.max(self.file.net_scale), product)
            }
            (None, Some(product)) => product,
            (None, None) => {
                let message = "neither a net amount nor quantity and unit price are there".to_owned();
                return Err(Rejected::new(Kind::MissingAmount, Role::NetAmount, String::new(), message));
            }
        };
        let cost = match self.number(cells, Role::LineCost)? {
            Some(cost) => cost.to_amount(),
            None => match (self.number(cells, Role::UnitCost)?, quantity) {
                (Some(cost), Some(quantity)) => cost.times(quantity),
                _ => None,
            },
        };
        let amounts = Amounts { net, cost, quantity: quantity.and_then(Number::to_amount) };
        Ok(if self.is_taken_away(cells)? { amounts.reversed() } else { amounts })
    }

    /// Whether the amount stands on the side of the account that takes away.
    fn is_taken_away(&self, cells: &impl Cells) -> Result<bool, Box<Rejected>> {
        let Some(column) = self.column(Role::DebitCredit) else { return Ok(false) };
        let text = cells.text(column);
        match Side::parse(&text) {
            None if text.is_empty() && self.file.is_side_marked => Ok(false),
            Some(side) => Ok(side != self.file.revenue_side),
            None => {
                let message = "this is neither debit nor credit, so the sign of the amount is unknown".to_owned();
                Err(Rejected::new(Kind::BadNumber, Role::DebitCredit, text.into_owned(), message))
            }
        }
    }

    fn per_unit(&mut self, printed: Number, quantity: Option<Number>) -> Option<Amount> {
        printed.times(quantity?)
    }

    /// The printed amount, or the exact product where the printed amount is nothing but its rounding.
    fn exact(&mut self, net: Amount, scale: u8, product: Option<Amount>) -> Amount {
        let Some(product) = product.filter(|&product| product != net && scale < 4) else { return net };
        let unit = 10_i64.pow(u32::from(4 - scale));
        if (product.raw() - net.raw()).abs() * 2 > unit {
            return net;
        }
        self.report.count(Kind::RoundedAmounts);
        self.report.rounded_sum += net;
        product
    }
}
