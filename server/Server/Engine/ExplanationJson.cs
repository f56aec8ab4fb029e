namespace ExplainLsp.Server.Engine;

/// <summary>The JSON object of the command line, on one line.</summary>
public static class ExplanationJson
{
    /// <summary>The JSON object of the command line, on one line.</summary>
    public static string Write(ExplanationReport report) => throw new NotImplementedException(report.ModelPath);
}
