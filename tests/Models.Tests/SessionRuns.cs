namespace ExplainLsp.Models.Tests;

/// <summary>Short forms of <see cref="ModelSession.Run"/> for tests.</summary>
internal static class SessionRuns
{
    public static double[] Run(this ModelSession session, int rows, params ModelTensor[] inputs) =>
        session.Run(session.Outputs[0], rows, inputs);

    public static double[] Run(this ModelSession session, SessionOutput output, int rows, params ModelTensor[] inputs)
    {
        var scores = new double[rows * output.Width];
        session.Run(inputs, rows, output, scores, CancellationToken.None);
        return scores;
    }

    /// <summary>Runs a table given as one float tensor.</summary>
    public static double[] RunTable(this ModelSession session, float[] data, int rows)
    {
        var input = Assert.Single(session.Inputs);
        return session.Run(rows, new ModelTensor(input.Name, data, [.. input.RowShape]));
    }
}
