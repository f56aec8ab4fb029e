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
        var bound = new Dictionary<string, List<(ModelBinding Binding, SurveyedSample Sample)>>(StringComparer.Ordinal);
        var unbound = ImmutableArray.CreateBuilder<SurveyedSample>();
        foreach (var path in workspace.SampleFiles(cancellation))
        {
            Add(path, BindTable(workspace, path, binder, cancellation));
        }

        // A folder of images is one line: it may hold any number.
        foreach (var images in workspace.Images(cancellation).GroupBy(path => Path.GetDirectoryName(path)!))
        {
            Add(images.Key, Found.Of(workspace.BindGrid(images.First(), binder.SignatureOf, cancellation)));
        }

        return new FolderSurvey(folder, [.. workspace.Models(cancellation).Select(Survey)], unbound.ToImmutable());

        void Add(string path, Found found)
        {
            var sample = new SurveyedSample(Shown(path), found.Reason, [.. found.Candidates.Select(Shown)]);
            if (found.Binding is not { } binding)
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

    private static Found BindTable(Workspace workspace, string path, SampleBinder binder, CancellationToken cancellation)
    {
        try
        {
            var table = Table.Read(path, cancellation);
            return ImageList.Of(table) is not null && Found.Of(workspace.BindGrid(path, binder.SignatureOf, cancellation)) is { Binding: not null } list
                ? list
                : Found.Of(workspace.Bind(path, table, binder.SignatureOf, cancellation));
        }
        catch (SampleException problem)
        {
            return new Found(null, [], problem.Message);
        }
    }

    private sealed record Found(ModelBinding? Binding, ImmutableArray<string> Candidates, string Reason)
    {
        public static Found Of<TBinding>(BindingResult<TBinding> result)
            where TBinding : ModelBinding => new(result.Bound, result.Candidates, result.Reason);
    }
}

/// <summary>A model of a folder.</summary>
/// <param name="Path">Its path, below the folder as it was named.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Signature">What it takes and gives; null when it cannot be opened.</param>
/// <param name="Samples">The files that it explains.</param>
/// <param name="Problem">Why it cannot be opened; null when it can.</param>
internal sealed record SurveyedModel(string Path, string Name, ModelSignature? Signature, ImmutableArray<SurveyedSample> Samples, string? Problem);

/// <summary>A sample file of a folder, or a folder of images.</summary>
/// <param name="Path">Its path, below the folder as it was named.</param>
/// <param name="Reason">Why this model, or why none.</param>
/// <param name="Candidates">Models that fit when several do.</param>
internal sealed record SurveyedSample(string Path, string Reason, ImmutableArray<string> Candidates);
