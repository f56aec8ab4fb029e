using System.Collections.Immutable;
using ExplainLsp.Models;
using ExplainLsp.Samples;
using ExplainLsp.Server.Engine;
using ExplainLsp.Workspaces;

namespace ExplainLsp.Server.CommandLine;

/// <summary>What a folder holds: models, the files that each explains, and files that none does.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="Models">Its models, in order of path.</param>
/// <param name="Unbound">Sample files that no model explains, with the reason.</param>
internal sealed record FolderSurvey(string Folder, ImmutableArray<SurveyedModel> Models, ImmutableArray<SurveyedSample> Unbound)
{
    /// <summary>Looks through a folder.</summary>
    public static FolderSurvey Of(string folder, SampleBinder binder, CancellationToken cancellation)
    {
        var workspace = new Workspace([folder]);
        var bound = new Dictionary<string, List<(TableBinding Binding, SurveyedSample Sample)>>(StringComparer.Ordinal);
        var unbound = ImmutableArray.CreateBuilder<SurveyedSample>();
        foreach (var path in workspace.SampleFiles(cancellation))
        {
            var result = Bind(workspace, path, binder, cancellation);
            var sample = new SurveyedSample(Shown(path), result.Reason, [.. result.Candidates.Select(Shown)]);
            if (result.Bound is not { } binding)
            {
                unbound.Add(sample);
            }
            else if (bound.TryGetValue(binding.ModelPath, out var others))
            {
                others.Add((binding, sample));
            }
            else
            {
                bound[binding.ModelPath] = [(binding, sample)];
            }
        }

        return new FolderSurvey(folder, [.. workspace.Models(cancellation).Select(Survey)], unbound.ToImmutable());

        string Shown(string path) => Path.Combine(folder, Path.GetRelativePath(folder, path));

        SurveyedModel Survey(string path)
        {
            var samples = bound.GetValueOrDefault(path) ?? [];
            var name = samples is [var (binding, _), ..] ? binding.ModelName : Path.GetFileNameWithoutExtension(path);
            try
            {
                var signature = binder.SignatureOf(path, cancellation);
                return new SurveyedModel(Shown(path), name, signature, [.. samples.Select(pair => pair.Sample)], null);
            }
            catch (ModelException problem)
            {
                return new SurveyedModel(Shown(path), name, null, [], problem.Message);
            }
        }
    }

    private static BindingResult<TableBinding> Bind(Workspace workspace, string path, SampleBinder binder, CancellationToken cancellation)
    {
        try
        {
            return workspace.Bind(path, Table.Read(path, cancellation: cancellation), binder.SignatureOf, cancellation);
        }
        catch (SampleException problem)
        {
            return new BindingResult<TableBinding>(null, [], problem.Message);
        }
    }
}

/// <summary>A model of a folder.</summary>
/// <param name="Path">Its path, below the folder as it was named.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Signature">What it takes and gives; null when it cannot be opened.</param>
/// <param name="Samples">The files that it explains.</param>
/// <param name="Problem">Why it cannot be opened; null when it can.</param>
internal sealed record SurveyedModel(string Path, string Name, ModelSignature? Signature, ImmutableArray<SurveyedSample> Samples, string? Problem);

/// <summary>A sample file of a folder.</summary>
/// <param name="Path">Its path, below the folder as it was named.</param>
/// <param name="Reason">Why this model, or why none.</param>
/// <param name="Candidates">Models that fit when several do.</param>
internal sealed record SurveyedSample(string Path, string Reason, ImmutableArray<string> Candidates);
