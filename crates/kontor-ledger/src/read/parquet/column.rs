//! One column of a batch.
//!
//! The many types of Arrow become few here. The library's crate for casting could do it, but it casts any type into any other and makes the program larger by
//! nearly as much as all reading of Parquet.

use std::fmt::Display;

use arrow_array::cast::AsArray;
use arrow_array::iterator::ArrayIter;
use arrow_array::types::*;
use arrow_array::{
    Array, ArrayAccessor, ArrowPrimitiveType, Date32Array, Float64Array, Int32Array, Int64Array, PrimitiveArray, StringArray,
    StringViewArray,
};
use arrow_schema::{DataType, TimeUnit};
use arrow_select::take::take;

use crate::read::value::{DateOrder, Decimal, Number, is_nothing, parse_date, parse_number};

const MILLIS_PER_DAY: i64 = 86_400_000;

/// The values of one column in a form that is quick to ask.
pub enum Column {
    /// Not read.
    Absent,
    /// Texts as codes into a dictionary.
    Codes(Int32Array, StringArray),
    /// Texts.
    Texts(StringViewArray),
    /// Numbers of a fixed scale.
    Fixed(Int64Array, u8),
    /// Floating-point numbers.
    Float(Float64Array),
    /// Days since 1970-01-01.
    Days(Date32Array),
}

impl Column {
    /// The values of an array as they were read. What is neither number nor day nor text (lists, structures) counts as not read.
    pub fn of(array: &dyn Array) -> Column {
        match array.data_type() {
            DataType::Int64 => Column::Fixed(array.as_primitive::<Int64Type>().clone(), 0),
            DataType::Int32 => integers(array.as_primitive::<Int32Type>()),
            DataType::Int16 => integers(array.as_primitive::<Int16Type>()),
            DataType::Int8 => integers(array.as_primitive::<Int8Type>()),
            DataType::UInt32 => integers(array.as_primitive::<UInt32Type>()),
            DataType::UInt16 => integers(array.as_primitive::<UInt16Type>()),
            DataType::UInt8 => integers(array.as_primitive::<UInt8Type>()),
            // It may hold more than 64 bits with a sign do.
            DataType::UInt64 => shown(array.as_primitive::<UInt64Type>()),
            DataType::Decimal32(_, scale @ 0..=9) => {
                Column::Fixed(array.as_primitive::<Decimal32Type>().unary(i64::from), scale.unsigned_abs())
            }
            DataType::Decimal64(_, scale @ 0..=9) => {
                Column::Fixed(array.as_primitive::<Decimal64Type>().reinterpret_cast::<Int64Type>(), scale.unsigned_abs())
            }
            DataType::Decimal32(..) => decimals(array.as_primitive::<Decimal32Type>()),
            DataType::Decimal64(..) => decimals(array.as_primitive::<Decimal64Type>()),
            DataType::Decimal128(..) => decimals(array.as_primitive::<Decimal128Type>()),
            DataType::Decimal256(..) => decimals(array.as_primitive::<Decimal256Type>()),
            DataType::Float16 => floats(array.as_primitive::<Float16Type>()),
            DataType::Float32 => floats(array.as_primitive::<Float32Type>()),
            DataType::Float64 => Column::Float(array.as_primitive::<Float64Type>().clone()),
            DataType::Date32 => Column::Days(array.as_primitive::<Date32Type>().clone()),
            DataType::Date64 => days(array.as_primitive::<Date64Type>(), MILLIS_PER_DAY),
            DataType::Timestamp(TimeUnit::Second, _) => days(array.as_primitive::<TimestampSecondType>(), MILLIS_PER_DAY / 1000),
            DataType::Timestamp(TimeUnit::Millisecond, _) => days(array.as_primitive::<TimestampMillisecondType>(), MILLIS_PER_DAY),
            DataType::Timestamp(TimeUnit::Microsecond, _) => days(array.as_primitive::<TimestampMicrosecondType>(), MILLIS_PER_DAY * 1000),
            DataType::Timestamp(TimeUnit::Nanosecond, _) => {
                days(array.as_primitive::<TimestampNanosecondType>(), MILLIS_PER_DAY * 1_000_000)
            }
            DataType::Time32(TimeUnit::Second) => times(array.as_primitive::<Time32SecondType>()),
            DataType::Time32(_) => times(array.as_primitive::<Time32MillisecondType>()),
            DataType::Time64(TimeUnit::Nanosecond) => times(array.as_primitive::<Time64NanosecondType>()),
            DataType::Time64(_) => times(array.as_primitive::<Time64MicrosecondType>()),
            DataType::Utf8View => Column::Texts(array.as_string_view().clone()),
            DataType::Utf8 => texts(array.as_string::<i32>(), |text| text),
            DataType::LargeUtf8 => texts(array.as_string::<i64>(), |text| text),
            DataType::Boolean => texts(array.as_boolean(), |value| if value { "true" } else { "false" }),
            DataType::Binary => texts(array.as_binary::<i32>(), String::from_utf8_lossy),
            DataType::LargeBinary => texts(array.as_binary::<i64>(), String::from_utf8_lossy),
            DataType::BinaryView => texts(array.as_binary_view(), String::from_utf8_lossy),
            DataType::FixedSizeBinary(_) => texts(array.as_fixed_size_binary(), String::from_utf8_lossy),
            DataType::Dictionary(..) => Column::of_dictionary(array),
            _ => Column::Absent,
        }
    }

    fn of_dictionary(array: &dyn Array) -> Column {
        match array.as_dictionary_opt::<Int32Type>().map(|codes| (codes, codes.values().as_string_opt::<i32>())) {
            Some((codes, Some(values))) => Column::Codes(codes.keys().clone(), values.clone()),
            // Other kinds, which a file may ask for, are written out.
            _ => {
                let dictionary = array.as_any_dictionary();
                take(dictionary.values(), dictionary.keys(), None).map_or(Column::Absent, |values| Column::of(&values))
            }
        }
    }

    /// The value as it stands, where it is a text; empty where there is none.
    pub fn str(&self, row: usize) -> Option<&str> {
        match self {
            Column::Codes(codes, values) if codes.is_valid(row) => Some(values.value(codes.value(row) as usize)),
            Column::Texts(values) if values.is_valid(row) => Some(values.value(row)),
            Column::Codes(..) | Column::Texts(_) | Column::Absent => Some(""),
            Column::Fixed(..) | Column::Float(_) | Column::Days(_) => None,
        }
    }

    /// The value as text, as it would stand in a file.
    pub fn text(&self, row: usize) -> Option<String> {
        match self {
            Column::Absent => None,
            Column::Codes(codes, _) if codes.is_null(row) => None,
            Column::Texts(values) if values.is_null(row) => None,
            Column::Codes(..) | Column::Texts(_) => self.str(row).map(str::to_owned),
            Column::Fixed(values, scale) => {
                values.is_valid(row).then(|| rust_decimal::Decimal::new(values.value(row), u32::from(*scale)).to_string())
            }
            Column::Float(values) => values.is_valid(row).then(|| values.value(row).to_string()),
            Column::Days(values) => values.is_valid(row).then(|| day(values.value(row))).flatten().map(|day| day.to_string()),
        }
    }

    /// The value as a number: `Err` with the text when it is none.
    pub fn number(&self, row: usize, decimal: Decimal) -> Result<Option<Number>, String> {
        match self {
            Column::Absent => Ok(None),
            Column::Fixed(values, scale) => Ok(values.is_valid(row).then(|| Number { mantissa: values.value(row), scale: *scale })),
            // A float that is no number stands for nothing in the tables it comes from.
            Column::Float(values) if values.is_null(row) || values.value(row).is_nan() => Ok(None),
            Column::Float(values) => {
                // The shortest decimal that means this float is what was written into it.
                let text = values.value(row).to_string();
                parse_number(&text, Decimal::Point).map(Some).ok_or(text)
            }
            Column::Codes(..) | Column::Texts(_) => match self.str(row).map(str::trim).filter(|text| !is_nothing(text)) {
                None => Ok(None),
                Some(text) => parse_number(text, decimal).map(Some).ok_or_else(|| text.to_owned()),
            },
            Column::Days(_) => self.text(row).map_or(Ok(None), Err),
        }
    }

    /// The value as days since 1970-01-01: `Err` with the text when it is no date.
    pub fn date(&self, row: usize, order: DateOrder) -> Result<Option<i32>, String> {
        match self {
            Column::Days(values) => Ok(values.is_valid(row).then(|| values.value(row))),
            _ => match self.text(row).map(|text| text.trim().to_owned()).filter(|text| !is_nothing(text)) {
                None => Ok(None),
                Some(text) => parse_date(&text, order).map(Some).ok_or(text),
            },
        }
    }
}

fn day(days: i32) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_num_days_from_ce_opt(days.checked_add(719_163)?)
}

fn integers<T: ArrowPrimitiveType<Native: Into<i64>>>(values: &PrimitiveArray<T>) -> Column {
    Column::Fixed(values.unary(Into::into), 0)
}

/// Floats of fewer bits, by way of their text, which means the decimal that was written.
fn floats<T: ArrowPrimitiveType<Native: Display>>(values: &PrimitiveArray<T>) -> Column {
    Column::Float(values.unary(|value| value.to_string().parse().unwrap_or(f64::NAN)))
}

/// Instants as days.
fn days<T: ArrowPrimitiveType<Native = i64>>(values: &PrimitiveArray<T>, per_day: i64) -> Column {
    Column::Days(values.unary(|instant| i32::try_from(instant.div_euclid(per_day)).unwrap_or(i32::MAX)))
}

/// Decimals that may be longer than 64 bits.
fn decimals<T: DecimalType>(values: &PrimitiveArray<T>) -> Column {
    let text = |row| values.is_valid(row).then(|| values.value_as_string(row));
    Column::Texts((0..values.len()).map(text).collect())
}

/// Times of day, as text.
fn times<T: ArrowTemporalType>(values: &PrimitiveArray<T>) -> Column
where
    i64: From<T::Native>,
{
    let text = |row| values.value_as_time(row).filter(|_| values.is_valid(row)).map(|time| time.to_string());
    Column::Texts((0..values.len()).map(text).collect())
}

fn shown<T: ArrowPrimitiveType<Native: Display>>(values: &PrimitiveArray<T>) -> Column {
    texts(values, |value| value.to_string())
}

fn texts<A: ArrayAccessor, S: AsRef<str>>(values: A, text: impl Fn(A::Item) -> S) -> Column {
    Column::Texts(ArrayIter::new(values).map(|value| value.map(&text)).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::*;
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;

    use super::super::ParquetFile;
    use super::*;

    /// What is read of arrays that were written into a file: each value as text, as number and as day.
    fn read(array: impl Array + 'static) -> Vec<(Option<String>, Option<Number>, Option<i32>)> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sales.parquet");
        let batch = RecordBatch::try_from_iter([("value", Arc::new(array) as ArrayRef)]).expect("a batch");
        let file = std::fs::File::create(&path).expect("a file");
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(WriterProperties::new())).expect("a writer");
        writer.write(&batch).expect("written");
        writer.close().expect("closed");
        let opened = ParquetFile::open(&path).expect("opened");
        let batches = opened.read(&path, 0, &[0], None).expect("read");
        let values = batches.flat_map(|batch| {
            let batch = batch.expect("a batch");
            let column = batch.column(0);
            let of = |row| {
                let number = column.number(row, Decimal::Point).unwrap_or(None);
                (column.text(row), number, column.date(row, DateOrder::YearMonthDay).unwrap_or(None))
            };
            (0..batch.rows()).map(of).collect::<Vec<_>>()
        });
        values.collect()
    }

    fn numbers(array: impl Array + 'static) -> Vec<Option<(i64, u8)>> {
        read(array).into_iter().map(|(_, number, _)| number.map(|number| (number.mantissa, number.scale))).collect()
    }

    fn text(array: impl Array + 'static) -> Vec<Option<String>> {
        read(array).into_iter().map(|(text, ..)| text).collect()
    }

    fn some<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
        texts.into_iter().map(|text| Some(text.to_owned())).chain([None]).collect()
    }

    #[test]
    fn whole_numbers_of_any_width_are_numbers() {
        assert_eq!(numbers(Int8Array::from(vec![Some(-7), None])), [Some((-7, 0)), None]);
        assert_eq!(numbers(Int16Array::from(vec![Some(i16::MIN), None])), [Some((-32_768, 0)), None]);
        assert_eq!(numbers(Int32Array::from(vec![Some(i32::MAX), None])), [Some((2_147_483_647, 0)), None]);
        assert_eq!(numbers(Int64Array::from(vec![Some(i64::MIN), None])), [Some((i64::MIN, 0)), None]);
        assert_eq!(numbers(UInt8Array::from(vec![Some(255), None])), [Some((255, 0)), None]);
        assert_eq!(numbers(UInt16Array::from(vec![Some(65_535), None])), [Some((65_535, 0)), None]);
        assert_eq!(numbers(UInt32Array::from(vec![Some(u32::MAX), None])), [Some((4_294_967_295, 0)), None]);
        assert_eq!(numbers(UInt64Array::from(vec![Some(12), None])), [Some((12, 0)), None]);
        assert_eq!(text(UInt64Array::from(vec![Some(u64::MAX), None])), some(["18446744073709551615"]));
    }

    #[test]
    fn decimals_of_any_width_keep_every_digit() {
        let of_32 = Decimal32Array::from(vec![Some(-12_345), None]).with_precision_and_scale(9, 2).expect("it fits");
        assert_eq!(numbers(of_32), [Some((-12_345, 2)), None]);
        let of_64 = Decimal64Array::from(vec![Some(12_345), None]).with_precision_and_scale(18, 4).expect("it fits");
        assert_eq!(numbers(of_64), [Some((12_345, 4)), None]);
        let short = Decimal128Array::from(vec![Some(12_345), None]).with_precision_and_scale(18, 2).expect("it fits");
        assert_eq!(numbers(short), [Some((12_345, 2)), None]);
        let long = || Decimal128Array::from(vec![Some(-1_234_567_890_123_456_789_012), None]).with_precision_and_scale(38, 4);
        assert_eq!(text(long().expect("it fits")), some(["-123456789012345678.9012"]));
        let fine = Decimal128Array::from(vec![Some(1_500_000_000_000), None]).with_precision_and_scale(18, 12).expect("it fits");
        assert_eq!(text(fine), some(["1.500000000000"]));
        let longest = Decimal256Array::from(vec![Some(arrow_buffer::i256::from(-150)), None]).with_precision_and_scale(50, 1);
        assert_eq!(text(longest.expect("it fits")), some(["-15.0"]));
    }

    #[test]
    fn a_float_is_the_decimal_that_was_written() {
        assert_eq!(numbers(Float32Array::from(vec![Some(0.1), None])), [Some((1, 1)), None]);
        assert_eq!(numbers(Float64Array::from(vec![Some(19.99), Some(f64::NAN), None])), [Some((1999, 2)), None, None]);
    }

    #[test]
    fn instants_of_any_unit_are_days() {
        let days = |array: &dyn Fn() -> ArrayRef| read(array()).into_iter().map(|(.., day)| day).collect::<Vec<_>>();
        assert_eq!(days(&|| Arc::new(Date32Array::from(vec![Some(20_000), None]))), [Some(20_000), None]);
        assert_eq!(days(&|| Arc::new(Date64Array::from(vec![Some(20_000 * MILLIS_PER_DAY), None]))), [Some(20_000), None]);
        // One second before 1970 is the day before.
        assert_eq!(days(&|| Arc::new(TimestampSecondArray::from(vec![Some(-1), None]))), [Some(-1), None]);
        assert_eq!(days(&|| Arc::new(TimestampMillisecondArray::from(vec![Some(86_400_000), None]))), [Some(1), None]);
        assert_eq!(days(&|| Arc::new(TimestampMicrosecondArray::from(vec![Some(86_399_999_999), None]))), [Some(0), None]);
        assert_eq!(days(&|| Arc::new(TimestampNanosecondArray::from(vec![Some(86_400_000_000_000), None]))), [Some(1), None]);
        let zoned = TimestampMicrosecondArray::from(vec![Some(86_400_000_000), None]).with_timezone("UTC");
        assert_eq!(read(zoned).into_iter().map(|(.., day)| day).collect::<Vec<_>>(), [Some(1), None]);
    }

    #[test]
    fn texts_of_any_kind_are_texts() {
        assert_eq!(text(StringArray::from(vec![Some("Müller"), None])), some(["Müller"]));
        assert_eq!(text(LargeStringArray::from(vec![Some("Müller"), None])), some(["Müller"]));
        assert_eq!(text(StringViewArray::from(vec![Some("Müller & Söhne, Gartenstraße"), None])), some(["Müller & Söhne, Gartenstraße"]));
        assert_eq!(text(BinaryArray::from_opt_vec(vec![Some("Müller".as_bytes()), None])), some(["Müller"]));
        assert_eq!(text(LargeBinaryArray::from_opt_vec(vec![Some(b"M\xFCller"), None])), some(["M\u{fffd}ller"]));
        assert_eq!(text(BinaryViewArray::from(vec![Some(&b"K1"[..]), None])), some(["K1"]));
        let fixed = FixedSizeBinaryArray::try_from_sparse_iter_with_size([Some(*b"K1"), None].into_iter(), 2).expect("of one length");
        assert_eq!(text(fixed), some(["K1"]));
        assert_eq!(text(BooleanArray::from(vec![Some(true), Some(false), None])), some(["true", "false"]));
        assert_eq!(text(Time32MillisecondArray::from(vec![Some(45_296_000), None])), some(["12:34:56"]));
        assert_eq!(text(Time64MicrosecondArray::from(vec![Some(45_296_000_000), None])), some(["12:34:56"]));
    }

    #[test]
    fn codes_of_any_kind_are_read() {
        assert_eq!(text(DictionaryArray::<Int8Type>::from_iter([Some("A"), Some("B"), None])), some(["A", "B"]));
        assert_eq!(text(DictionaryArray::<Int32Type>::from_iter([Some("A"), Some("B"), None])), some(["A", "B"]));
        let numbers_by_code =
            DictionaryArray::<UInt16Type>::new(UInt16Array::from(vec![Some(1), None]), Arc::new(Int64Array::from(vec![5, 9])));
        assert_eq!(numbers(numbers_by_code), [Some((9, 0)), None]);
    }

    #[test]
    fn a_list_is_not_read() {
        let list = ListArray::from_iter_primitive::<Int32Type, _, _>([Some(vec![Some(1)]), None]);
        assert_eq!(text(list), [None, None]);
    }
}
