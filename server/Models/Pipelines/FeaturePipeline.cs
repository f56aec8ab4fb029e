using System.Collections.Immutable;
using System.Globalization;
using ExplainLsp.Models.Pipelines;

namespace ExplainLsp.Models;

/// <summary>
/// What stands between a model's inputs and its trees or its linear model: scalers, imputers, encoders, joined column by column. Says for
/// each feature that comes out which input column it was made of, where that is one.
/// </summary>
public sealed class FeaturePipeline
{
    /// <summary>The most features that are held for a row.</summary>
    public const int MostFeatures = 1 << 16;

    private FeaturePipeline() { }

    /// <summary>The tensor that holds the features.</summary>
    public required string Tensor { get; init; }

    /// <summary>Whether the features are input columns as they were given, perhaps in another order.</summary>
    public required bool PassesThrough { get; init; }

    /// <summary>The input column that each feature is made of; empty where features mix columns.</summary>
    public required ImmutableArray<InputColumn> Sources { get; init; }

    /// <summary>The distinct columns of <see cref="Sources"/>, in order of first appearance.</summary>
    public required ImmutableArray<InputColumn> Columns { get; init; }

    /// <summary>For each feature the place of its column in <see cref="Columns"/>.</summary>
    public required ImmutableArray<int> ColumnOf { get; init; }

    /// <summary>Why features cannot be led back to single columns: "MatMul mixes columns"; null where they can.</summary>
    public required string? Obstacle { get; init; }

    /// <summary>Whether every feature is made of one input column, so that exact values can be given for the columns.</summary>
    public bool IsPerColumn => Obstacle is null;

    /// <summary>The pipeline that ends in a tensor.</summary>
    internal static FeaturePipeline Of(ColumnTrace trace, string tensor)
    {
        var layout = trace.Of(tensor);
        var obstacle = layout switch
        {
            _ when ColumnTrace.Mixes(layout) => $"{trace.FirstMixer(tensor)} mixes columns",
            { Sources.IsEmpty: true } => "it reads no input",
            { Origins.Length: > MostFeatures and var features } => string.Create(
                CultureInfo.InvariantCulture, $"it makes {features:N0} features of a row, more than the {MostFeatures:N0} that are held"),
            _ => null,
        };
        return Of(tensor, obstacle is null ? [.. layout.Origins.Select(origin => origin[0])] : [], layout is { AsWritten: true, IsKnown: true }, obstacle);
    }

    /// <summary>A pipeline that only moves columns.</summary>
    internal static FeaturePipeline PassingThrough(string tensor, ImmutableArray<InputColumn> sources) => Of(tensor, sources, true, null);

    private static FeaturePipeline Of(string tensor, ImmutableArray<InputColumn> sources, bool passesThrough, string? obstacle)
    {
        ImmutableArray<InputColumn> columns = [.. sources.Distinct()];
        var places = columns.Select((column, place) => (column, place)).ToDictionary(pair => pair.column, pair => pair.place);
        return new FeaturePipeline
        {
            Tensor = tensor,
            PassesThrough = passesThrough,
            Sources = sources,
            Columns = columns,
            ColumnOf = [.. sources.Select(source => places[source])],
            Obstacle = obstacle,
        };
    }
}
