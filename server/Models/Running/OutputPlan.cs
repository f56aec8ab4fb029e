using System.Collections.Immutable;
using ExplainLsp.Models.Reading;

namespace ExplainLsp.Models.Running;

/// <summary>
/// Which outputs of a model can be explained and what their numbers mean.
/// <para>
/// An output is a tensor of floating point numbers of shape <c>[rows]</c>, <c>[rows, 1]</c> or <c>[rows, columns]</c>, or a sequence of
/// maps from class to number (ZipMap). Its kind:
/// <list type="bullet">
/// <item>One column: probabilities (1 − p, p) when a sigmoid writes it, a value otherwise.</item>
/// <item>Several columns: what the operator behind it says (<see cref="ScoreMeaningReader"/>). When that says nothing: probabilities for a
/// ZipMap, and for an output with "prob" in its name beside a label output; logits otherwise. Several sigmoids are probabilities with a
/// label output, and values without one: then each column is a question of its own.</item>
/// </list>
/// Class labels come from the ZipMap, else from the classifier node.
/// </para>
/// </summary>
internal static class OutputPlan
{
    /// <summary>An output that looks usable; its columns may be known only after a run.</summary>
    /// <param name="Name">Its name in the graph.</param>
    /// <param name="Fetch">The tensor to ask for.</param>
    /// <param name="Columns">Columns as declared; 0 when not declared.</param>
    /// <param name="AsMaps">Whether it must be read map by map.</param>
    /// <param name="Meaning">What the graph says.</param>
    /// <param name="Labels">Class labels; may be empty.</param>
    /// <param name="ZipMapped">Whether it comes out of a ZipMap.</param>
    internal sealed record Candidate(
        string Name, string Fetch, int Columns, bool AsMaps, ScoreMeaning Meaning, ImmutableArray<string> Labels, bool ZipMapped);

    /// <exception cref="ModelException">No output has scores.</exception>
    public static ImmutableArray<Candidate> Candidates(ModelFile file)
    {
        var graph = new GraphTrace(file);
        var labels = LabelsOfClassifier(file);
        ImmutableArray<Candidate> candidates = [.. file.Outputs.Select(output => CandidateOf(file, output, graph, labels)).OfType<Candidate>()];
        if (!candidates.IsEmpty)
            return candidates;
        var given = string.Join(", ", file.Outputs.Select(output => $"{output.Name}: {output.Type}[{string.Join(", ", output.Shape)}]"));
        throw new ModelException(file.Outputs.Any(IsLabel)
            ? $"{file.DisplayName} has no probabilities or scores, only a label ({given}). Export the classifier with its probabilities."
            : $"{file.DisplayName} has no output of one or more numbers a row ({given}). Export it with such an output.");
    }

    /// <summary>The outputs in the order in which they are offered.</summary>
    public static ImmutableArray<ScoreSource> Finish(ModelFile file, IEnumerable<Candidate> candidates)
    {
        var hasLabel = file.Outputs.Any(IsLabel);
        return [.. candidates.Select(candidate => Finish(candidate, hasLabel)).OrderBy(source => source.Output.Kind)];
    }

    private static ScoreSource Finish(Candidate candidate, bool hasLabel)
    {
        var kind = Kind(candidate, hasLabel);
        var width = candidate.Columns == 1 && kind == OutputKind.Probabilities ? 2 : candidate.Columns;
        var labels = kind != OutputKind.Value && candidate.Labels.Length == width ? candidate.Labels : [];
        return new ScoreSource(new SessionOutput(candidate.Name, kind, width, labels), candidate.Fetch, candidate.Columns, candidate.AsMaps);
    }

    private static OutputKind Kind(Candidate candidate, bool hasLabel)
    {
        if (candidate.Columns == 1)
            return candidate.Meaning == ScoreMeaning.Sigmoid ? OutputKind.Probabilities : OutputKind.Value;
        return candidate.Meaning switch
        {
            ScoreMeaning.Probabilities => OutputKind.Probabilities,
            ScoreMeaning.Sigmoid => hasLabel ? OutputKind.Probabilities : OutputKind.Value,
            ScoreMeaning.Values => OutputKind.Value,
            ScoreMeaning.Unknown when candidate.ZipMapped || (hasLabel && NamesProbabilities(candidate.Name)) => OutputKind.Probabilities,
            _ => OutputKind.Logits,
        };
    }

    private static bool NamesProbabilities(string name) => name.Contains("prob", StringComparison.OrdinalIgnoreCase);

    private static Candidate? CandidateOf(ModelFile file, ModelValue output, GraphTrace graph, ImmutableArray<string> labels)
    {
        if (output.Type == "sequence(map)")
        {
            var zipMap = graph.Writer(output.Name) is { Operator: "ZipMap", Inputs: [_, ..] } node ? node : null;
            var fetch = zipMap?.Inputs[0] ?? output.Name;
            var own = ClassLabels.Of(zipMap);
            return new Candidate(
                output.Name, fetch, own.Length, zipMap is null, ScoreMeaningReader.Read(graph, fetch), own.IsEmpty ? labels : own, true);
        }

        if (output.Type is not ("float" or "double" or "float16"))
            return null;
        var sizes = OnnxTypeName.Sizes(output);
        var columns = sizes switch
        {
            [] => output.HasShape ? -1 : 0,
            [_] => 1,
            [_, .. var rest] when rest.Skip(1).All(size => size == 1) => Math.Max(rest[0], 0),
            _ => -1,
        };
        return columns < 0 ? null : new Candidate(
            output.Name, output.Name, columns, false, ScoreMeaningReader.Read(graph, output.Name), labels, false);
    }

    private static ImmutableArray<string> LabelsOfClassifier(ModelFile file)
    {
        ImmutableArray<string>[] found = [.. file.Nodes.Select(ClassLabels.Of).Where(labels => !labels.IsEmpty)];
        // With two classifiers in a graph (a stack, one against the rest) nobody knows whose labels they are.
        return found is [var only] ? only : [];
    }

    private static bool IsLabel(ModelValue output) =>
        output.Type is "int64" or "int32" or "string" or "bool" && output.Shape.Skip(1).All(size => size is "1" or "?");
}
