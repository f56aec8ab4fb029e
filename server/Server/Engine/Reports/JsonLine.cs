using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ExplainLsp.Server.Engine;

/// <summary>
/// Writes one JSON object on one line. Numbers read back to the same bits; what JSON cannot hold (NaN, infinities) becomes null and is
/// remembered, so that the object can say so.
/// </summary>
internal sealed class JsonLine : IDisposable
{
    /// <summary>The version of the objects that the command line prints.</summary>
    public const int Schema = 1;

    private readonly MemoryStream _bytes = new();

    /// <summary>Starts the object with its <c>schema</c>.</summary>
    public JsonLine()
    {
        // Class names such as <=50K stay readable; the output is data, never part of a page.
        Writer = new Utf8JsonWriter(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Writer.WriteStartObject();
        Writer.WriteNumber("schema", Schema);
    }

    /// <summary>Writes everything that needs no care.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>Numbers written as null because JSON has no word for them.</summary>
    public int NotFinite { get; private set; }

    /// <summary>A property that is a number, or null.</summary>
    public void Number(string name, double? value)
    {
        Writer.WritePropertyName(name);
        Number(value);
    }

    /// <summary>A number, or null.</summary>
    public void Number(double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            Writer.WriteNumberValue(number);
        }
        else
        {
            NotFinite += value is null ? 0 : 1;
            Writer.WriteNullValue();
        }
    }

    /// <summary>A property that is an option or a quality: a number, a truth value or a text.</summary>
    public void Value(string name, object value)
    {
        switch (value)
        {
            case double number:
                Number(name, number);
                break;
            case long or int:
                Writer.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case bool truth:
                Writer.WriteBoolean(name, truth);
                break;
            default:
                Writer.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>A property that is a cell of the user's: a number where the model takes one, null where it is missing, else a text.</summary>
    public void Cell(string name, string? text, bool isNumeric)
    {
        if (text is null)
        {
            Writer.WriteNull(name);
        }
        else if (!isNumeric)
        {
            Writer.WriteString(name, text);
        }
        else if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
        {
            Writer.WriteNumber(name, whole);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            Writer.WriteNumber(name, number);
        }
        else
        {
            Writer.WriteNull(name);
        }
    }

    /// <summary>A property that is a row's number, or null.</summary>
    public void Row(string name, int? row)
    {
        if (row is { } number)
        {
            Writer.WriteNumber(name, number);
        }
        else
        {
            Writer.WriteNull(name);
        }
    }

    /// <summary>The property <c>sample</c>: the file, and the row where the file holds several.</summary>
    public void Sample(SamplePlace place)
    {
        Writer.WriteStartObject("sample");
        Writer.WriteString("path", place.Path);
        Row("row", place.Row);
        Writer.WriteEndObject();
    }

    /// <summary>A property that is a list of texts.</summary>
    public void Texts(string name, IEnumerable<string> texts)
    {
        Writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            Writer.WriteStringValue(text);
        }

        Writer.WriteEndArray();
    }

    /// <summary>Ends the object.</summary>
    /// <returns>It, without a line break.</returns>
    public string Close()
    {
        Writer.WriteEndObject();
        Writer.Flush();
        return Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => Writer.Dispose();
}
