using System.Collections.Immutable;
using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>Makes rows of a second table (a background) match the columns of the table that is explained.</summary>
internal static class ColumnMatch
{
    /// <summary>How to encode rows of <paramref name="other"/> so that feature i is feature i of <paramref name="samples"/>.</summary>
    /// <exception cref="SampleException">A column is missing, or the order differs where only order tells the columns apart.</exception>
    public static Func<IReadOnlyList<int>, EncodedTable> EncoderFor(
        TableEncoder encoder, SampleFile samples, SampleFile other, CancellationToken cancellation)
    {
        if (encoder.Columns.All(column => column.Column < other.Table.Header.Length && other.Table.Header[column.Column] == column.Name))
        {
            return rows => encoder.Encode(other.Table, rows, other.Name, cancellation);
        }

        var names = encoder.Columns.Select(column => column.Name).ToArray();
        if (names.FirstOrDefault(name => !other.Table.Header.Contains(name)) is { } missing)
        {
            throw new SampleException(
                $"{other.Name} has no column '{missing}', which {samples.Name} has. Choose a background file with the same columns.");
        }

        var bound = TableEncoder.Bind(other.Table, encoder.Inputs, [.. other.Table.Header.Except(names)], guessTarget: false);
        var source = names.Select(name => bound.Columns.Single(column => column.Name == name)).ToArray();
        if (!source.Zip(encoder.Columns).All(pair => pair.First.Input == pair.Second.Input && pair.First.Offset == pair.Second.Offset))
        {
            throw new SampleException(
                $"The columns of {other.Name} stand in another order than those of {samples.Name}. Bring them into the same order.");
        }

        var places = source.Select(column => bound.Columns.IndexOf(column)).ToArray();
        return rows =>
        {
            var encoded = bound.Encode(other.Table, rows, other.Name, cancellation);
            return encoded with
            {
                Encoder = encoder,
                TextOf = (row, column) => encoded.TextOf(row, places[column]),
            };
        };
    }
}
