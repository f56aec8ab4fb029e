using ExplainLsp.Models.Onnx;
using Google.Protobuf;

namespace ExplainLsp.Models.Tests;

/// <summary>A folder for the files of one test, removed with it.</summary>
internal sealed class ModelFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("explainlsp-models-");

    public string Path => _folder.FullName;

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(ModelProto model, string name = "model.onnx") => Write(name, model.ToByteArray());

    public ModelSession Open(ModelProto model, int threads = 1) => ModelSession.Open(ModelFile.Read(Write(model)), new(threads, 64L << 20));

    public void Dispose() => _folder.Delete(recursive: true);
}
