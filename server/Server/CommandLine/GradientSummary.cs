using System.Collections.Immutable;
using ExplainLsp.Models;

namespace ExplainLsp.Server.CommandLine;

/// <summary>What a rewritten model is: read back from the file that was made, so that it says what is there.</summary>
/// <param name="ModelPath">The model's path, as it is to be shown.</param>
/// <param name="ModelSha256">SHA-256 of its bytes.</param>
/// <param name="Request">What was differentiated, with respect to what.</param>
/// <param name="Seed">The input that weights the output's elements.</param>
/// <param name="Gradients">The outputs that hold gradients, one a tensor of the request, in that order.</param>
/// <param name="OperatorsAdded">Operators in the rewritten graph beyond those of the model.</param>
/// <param name="Opset">Its opset of the default domain.</param>
/// <param name="Warnings">What a reader must know of these gradients.</param>
/// <param name="SavedPath">Where it was written; null when it was not to be.</param>
internal sealed record GradientSummary(
    string ModelPath, string ModelSha256, GradientRequest Request, ModelValue? Seed, ImmutableArray<ModelValue> Gradients,
    int OperatorsAdded, long Opset, ImmutableArray<string> Warnings, string? SavedPath)
{
    /// <summary>Differentiates a model and writes the result.</summary>
    /// <param name="modelPath">The model's path, as it is to be shown.</param>
    /// <param name="session">The model.</param>
    /// <param name="request">What to differentiate.</param>
    /// <param name="savePath">Where to write it; null to look at it only.</param>
    /// <param name="cancellation">Honoured between steps.</param>
    /// <exception cref="ModelException">The model cannot be differentiated so.</exception>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static GradientSummary Of(string modelPath, ModelSession session, GradientRequest request, string? savePath, CancellationToken cancellation)
    {
        var gradient = session.Gradient(request, cancellation);
        // Written beside its place and moved there when it is whole, so that an interrupted command leaves no half file.
        var unfinished = savePath is null
            ? Path.Combine(Path.GetTempPath(), $"explainlsp-{Guid.NewGuid():N}.onnx")
            : $"{savePath}.{Environment.ProcessId}.unfinished";
        try
        {
            gradient.Save(unfinished);
            cancellation.ThrowIfCancellationRequested();
            var written = ModelFile.Read(unfinished, cancellation);
            if (savePath is not null)
            {
                File.Move(unfinished, savePath, overwrite: true);
            }

            return Compare(modelPath, session.File, written, request, gradient.Warnings, savePath);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{savePath ?? unfinished} cannot be written: {cause.Message} Choose another --save.");
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static GradientSummary Compare(
        string modelPath, ModelFile model, ModelFile written, GradientRequest request, ImmutableArray<string> warnings, string? savePath)
    {
        var inputs = model.Inputs.Select(input => input.Name).ToHashSet();
        var outputs = model.Outputs.Select(output => output.Name).ToHashSet();
        return new GradientSummary(
            modelPath, model.Sha256, request,
            written.Inputs.FirstOrDefault(input => !inputs.Contains(input.Name)),
            [.. written.Outputs.Where(output => !outputs.Contains(output.Name)).TakeLast(request.Wrt.Length)],
            written.Nodes.Length - model.Nodes.Length, written.Opsets.GetValueOrDefault("ai.onnx"), warnings, savePath);
    }
}
