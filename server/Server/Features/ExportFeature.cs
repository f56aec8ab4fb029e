using System.Collections.Concurrent;
using System.Globalization;
using ExplainLsp.Server.Protocol;
using StreamJsonRpc;

namespace ExplainLsp.Server.Features;

/// <summary><c>explain/export</c>: what panels can save. A file is drawn or written only when somebody wants it, from the answer that the panel shows.</summary>
internal sealed class ExportFeature
{
    // "What if" gives an answer at every key; panels that nobody has touched for as many answers ask anew.
    private const int MostAnswers = 100;

    private readonly ConcurrentDictionary<long, IReadOnlyList<ExportFile>> _answers = new();
    private long _last;

    /// <summary>Registers the method.</summary>
    public void Register(Rpc.Endpoints endpoints) => endpoints.OnRequest<ExportParams, ExportResult>(
        CustomRequests.Export, (parameters, _, cancellation) => Task.Run(() => Make(parameters.Id), cancellation));

    /// <summary>Keeps the files of an answer until they are asked for.</summary>
    public IReadOnlyList<PanelFile> Keep(IReadOnlyList<ExportFile> files)
    {
        var answer = Interlocked.Increment(ref _last);
        _answers[answer] = files;
        _answers.TryRemove(answer - MostAnswers, out _);
        return [.. files.Select((file, index) => new PanelFile(
            string.Create(CultureInfo.InvariantCulture, $"{answer}/{index}"), file.Title, file.Name))];
    }

    private ExportResult Make(string id)
    {
        var parts = id.Split('/');
        return parts.Length == 2 && long.TryParse(parts[0], out var answer) && int.TryParse(parts[1], out var index)
            && _answers.TryGetValue(answer, out var files) && index >= 0 && index < files.Count
            ? new ExportResult(Convert.ToBase64String(files[index].Make()))
            : throw new LocalRpcException("This answer is no longer kept. Explain again, then save.") { ErrorCode = PanelFeature.RequestFailed };
    }
}

/// <summary>A file that can be saved.</summary>
/// <param name="Title">"Figure as PNG".</param>
/// <param name="Name">A name to save under.</param>
/// <param name="Make">Its bytes.</param>
internal sealed record ExportFile(string Title, string Name, Func<byte[]> Make);
