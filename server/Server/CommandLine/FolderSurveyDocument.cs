using System.Collections.Immutable;
using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.CommandLine;

/// <summary>What a folder holds, in words and tables.</summary>
internal static class FolderSurveyDocument
{
    /// <summary>The document.</summary>
    public static ReportDocument Of(FolderSurvey survey) => new(
        survey.Folder,
        [survey.Models.IsEmpty ? "No model was found here. Add an .onnx file." : survey.Models.Length == 1 ? "1 model" : $"{survey.Models.Length} models"],
        [
            .. survey.Models.IsEmpty ? [] : new[] { Models(survey) },
            .. survey.Unbound.IsEmpty ? [] : new[] { Unbound(survey) },
        ],
        [], []);

    private static ReportTable Models(FolderSurvey survey) => new(
        "", [new("Model", false), new("Path", false), new("Explains", false), new("Because", false)],
        [.. survey.Models.SelectMany(Rows)]);

    private static IEnumerable<ImmutableArray<string>> Rows(SurveyedModel model) => model switch
    {
        { Problem: { } problem } => [[model.Name, model.Path, "", problem]],
        { Samples.IsEmpty: true } => [[model.Name, model.Path, "no file here", ""]],
        _ => model.Samples.Select((sample, index) =>
            (ImmutableArray<string>)[index == 0 ? model.Name : "", index == 0 ? model.Path : "", sample.Path, sample.Reason]),
    };

    private static ReportTable Unbound(FolderSurvey survey) => new(
        "Files that no model explains", [new("File", false), new("Reason", false)],
        [.. survey.Unbound.Select(sample => (ImmutableArray<string>)[sample.Path, sample.Reason])]);
}
