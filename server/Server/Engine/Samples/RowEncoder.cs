using ExplainLsp.Samples;

namespace ExplainLsp.Server.Engine;

/// <summary>Encodes rows of a file that may hold faulty ones (half typed, misread): the good rows come out, the others with what is wrong.</summary>
internal static class RowEncoder
{
    /// <summary>Encodes the rows that can be.</summary>
    /// <param name="encode">Encodes rows, or throws a <see cref="SampleException"/>.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="problems">Receives row and message of each faulty row.</param>
    /// <param name="cancellation">Honoured between rows.</param>
    /// <returns>The good rows; null when there are none.</returns>
    public static EncodedTable? EncodeGood(
        Func<IReadOnlyList<int>, EncodedTable> encode, IReadOnlyList<int> rows, Dictionary<int, string> problems, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return null;
        }

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
            foreach (var row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    encode([row]);
                    good.Add(row);
                }
                catch (SampleException problem)
                {
                    problems[row] = problem.Message;
                }
            }

            return good.Count == 0 ? null : encode(good);
        }
    }
}
