using System.Diagnostics;

namespace ExplainLsp.Server.Rpc;

/// <summary>Notices when the client's process is gone: an editor that crashed closes nothing.</summary>
internal static class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Completes when the process has ended; looks every two seconds, which costs a system call.</summary>
    /// <param name="processId">The process; one that never was counts as ended.</param>
    /// <param name="cancellation">Stops watching.</param>
    public static async Task EndOfAsync(int processId, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval);
        while (IsRunning(processId))
        {
            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Running, but not ours to ask about.
            return true;
        }
    }
}
