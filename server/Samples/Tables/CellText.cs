using System.Globalization;

namespace ExplainLsp.Samples;

/// <summary>Dates and times of columnar files as cells (ISO 8601).</summary>
internal static class CellText
{
    /// <summary><c>2024-01-31T12:30:00</c>, with as many decimals as there are.</summary>
    public static string Of(DateTime value) => value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary><c>2024-01-31</c>.</summary>
    public static string Of(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>12:30:00</c>.</summary>
    public static string Of(TimeOnly value) => value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    /// <summary><c>1.12:30:00</c>: days, hours, minutes, seconds.</summary>
    public static string Of(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
}
