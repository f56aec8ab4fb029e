namespace ExplainLsp.Samples;

/// <summary>Encodes rows of a file that may hold faulty ones (half typed, misread): the good rows come out, the others with what is wrong.</summary>
public static class GoodRows
{
    /// <summary>Encodes the rows that can be.</summary>
    /// <param name="encode">Encodes rows, or throws a <see cref="SampleException"/>.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="problems">Receives row and message of each faulty row.</param>
    /// <param name="cancellation">Honoured between rows.</param>
    /// <returns>The good rows; null when there are none.</returns>
    public static EncodedTable? Encode(
        Func<IReadOnlyList<int>, EncodedTable> encode, IReadOnlyList<int> rows, IDictionary<int, string> problems, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return null;
        try
        {
            return encode(rows);
        }
        catch (SampleException problem) when (rows.Count == 1)
        {
            problems[rows[0]] = problem.Message;
            return null;
        }
        catch (SampleException)
        {
            List<int> good = [];
            FindGood(encode, new ArraySegment<int>([.. rows]), good, problems, cancellation);
            return good.Count == 0 ? null : encode(good);
        }
    }

    /// <summary>Halves that encode as they are hold no faulty row; the others are halved again.</summary>
    private static void FindGood(
        Func<IReadOnlyList<int>, EncodedTable> encode, ArraySegment<int> rows, List<int> good, IDictionary<int, string> problems, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            encode(rows);
            good.AddRange(rows);
        }
        catch (SampleException problem) when (rows.Count == 1)
        {
            problems[rows[0]] = problem.Message;
        }
        catch (SampleException)
        {
            var half = rows.Count / 2;
            FindGood(encode, rows[..half], good, problems, cancellation);
            FindGood(encode, rows[half..], good, problems, cancellation);
        }
    }
}
