using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Explainers;
using ExplainLsp.Models;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.Engine;

/// <summary>An output of a model with the names people know its elements by, and how users choose among them.</summary>
/// <param name="Output">The output.</param>
/// <param name="Names">One name an element: classes, or the values of a regression.</param>
public sealed record TargetChoice(SessionOutput Output, ImmutableArray<string> Names)
{
    /// <summary>The word for "the class that the model predicts for this row".</summary>
    public const string Predicted = "predicted";

    /// <summary>Whether the output scores classes.</summary>
    public bool IsClassifier => Output.Kind != OutputKind.Value;

    /// <summary>Finds the output a query names, else the binding's.</summary>
    /// <exception cref="ExplainerException">Unknown output; lists those there are.</exception>
    public static TargetChoice Of(ModelSession session, ModelBinding binding, string? outputName)
    {
        var output = outputName is null
            ? session.Outputs.FirstOrDefault(candidate => candidate.Name == binding.Output.Name) ?? session.Outputs[0]
            : session.Outputs.FirstOrDefault(candidate => candidate.Name == outputName)
                ?? throw new ExplainerException(
                    $"{binding.ModelName} has no output '{outputName}' that can be explained. Choose one of: "
                    + $"{string.Join(", ", session.Outputs.Select(candidate => candidate.Name))}."
                    + ClosestName.Question(outputName, session.Outputs.Select(candidate => candidate.Name)));
        return new TargetChoice(output, NamesOf(output, binding));
    }

    /// <summary>The element that a text names.</summary>
    /// <param name="text">An index or a name.</param>
    /// <param name="modelName">The model, for messages.</param>
    /// <exception cref="ExplainerException">Names none, or several; lists those there are.</exception>
    public int Find(string text, string modelName)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Output.Width)
        {
            return index;
        }

        foreach (var names in new[] { Names, Output.ClassLabels })
        {
            foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
            {
                var found = Enumerable.Range(0, names.Length).Where(i => string.Equals(names[i], text, comparison)).Take(2).ToArray();
                if (found.Length == 1)
                {
                    return found[0];
                }
            }
        }

        var what = IsClassifier ? "class" : "value";
        throw new ExplainerException(
            $"{modelName} has no {what} '{text}'. Choose an index or one of: {ListOf(Names)}.{ClosestName.Question(text, Names)}");
    }

    /// <summary>The target at an index on the scale a query names.</summary>
    /// <exception cref="ExplainerException">Unknown scale, or probability of something that has none.</exception>
    public Target At(int index, string? space) => new(Output.Name, index, Names[index], SpaceOf(space));

    /// <summary>The scale that a query names, else probability for classes and raw for values.</summary>
    /// <exception cref="ExplainerException">Unknown scale, or probability of something that has none.</exception>
    public TargetSpace SpaceOf(string? space) => (space, IsClassifier) switch
    {
        (null, true) or ("probability", true) => TargetSpace.Probability,
        (null, false) or ("raw", _) => TargetSpace.Raw,
        ("probability", false) => throw new ExplainerException(
            $"Output {Output.Name} is a value, not a probability. Use the space raw, or leave it out."),
        _ => throw new ExplainerException($"There is no space '{space}'. Choose raw or probability."),
    };

    private static ImmutableArray<string> NamesOf(SessionOutput output, ModelBinding binding) => output switch
    {
        { Kind: OutputKind.Value, Width: 1 } => [output.Name],
        { Kind: OutputKind.Value } => [.. Enumerable.Range(0, output.Width).Select(index => $"{output.Name}[{index}]")],
        _ when binding.ClassNames.Length == output.Width => binding.ClassNames,
        _ when output.ClassLabels.Length == output.Width => output.ClassLabels,
        _ => [.. Enumerable.Range(0, output.Width).Select(index => $"class {index}")],
    };

    private static string ListOf(ImmutableArray<string> names) =>
        names.Length <= 20 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(20))} and {names.Length - 20} more";
}
